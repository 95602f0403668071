import { createContext } from "react";
import type { Ghost } from "./overlay.ts";

/** Nodes that were deployed and are not in the draft any more. */
export const GhostsContext = createContext<readonly Ghost[]>([]);
