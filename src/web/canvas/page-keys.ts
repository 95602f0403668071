import { createContext } from "react";
import type { PageKeys } from "./keys.ts";

const nothing = () => undefined;

/** What keys do that concerns the page around the canvas; nothing where the canvas stands alone. */
export const PageKeysContext = createContext<PageKeys>({
  saveNow: nothing,
  review: nothing,
  look: nothing,
  openInspector: nothing,
  openProblems: nothing,
});
