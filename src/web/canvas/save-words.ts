import { clockText } from "../parts/when-text.ts";
import type { SaveState } from "./autosave.ts";

/** How saving stands, in words. */
export function saveWords(state: SaveState): string {
  switch (state.kind) {
    case "saved":
      return state.at ? `Saved ${clockText(state.at)}` : "Saved";
    case "waiting":
    case "saving":
      return "Saving…";
    case "failed":
      return `Not saved: ${state.reason}`;
    case "offline":
      return "Offline, kept on this device";
    case "conflict":
      return "Conflict";
  }
}
