import { createContext } from "react";
import { type Changes, noChanges } from "./changes.ts";

/** What differs between the drawing and what was deployed. */
export const StagedContext = createContext<Changes>(noChanges);

export const stagedWords = {
  new: "+ New",
  edited: "~ Edited",
  removed: "− Removed",
  detached: "↔ Detached",
  moved: "→ Moved",
} as const;
