import { createContext } from "react";
import type { Overlay } from "./overlay.ts";

/** What a plan, a run or a comparison paints on the cards around here; nothing on a draft. */
export const OverlayContext = createContext<Overlay | undefined>(undefined);
