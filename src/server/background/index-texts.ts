import { setTimeout as pause } from "node:timers/promises";
import type { SearchIndex } from "../storage/search-index.ts";

const [someMs, everyMs] = [50, 30_000];

/** Takes in what nobody has searched for yet, a little at a time: between two slices others may write. */
export async function indexTexts(
  { catchUp }: Pick<SearchIndex, "catchUp">,
  report: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    // A database that is away for a moment is caught up with the next time.
    const taken = await catchUp(10).catch(report);
    await pause(taken ? someMs : everyMs, undefined, { signal, ref: false });
  }
}
