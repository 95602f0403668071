import type { SaveState } from "./autosave.ts";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

/** How saving stands, in words. */
export function saveWords(state: SaveState): string {
  switch (state.kind) {
    case "saved":
      return state.at ? `Saved ${clock.format(state.at)}` : "Saved";
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
