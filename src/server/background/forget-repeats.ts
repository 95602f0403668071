import { setTimeout as pause } from "node:timers/promises";
import type { RepeatStore } from "../storage/repeats.ts";

const everyMs = 10 * 60_000;

/** Forgets what is too old to be answered again, a little at a time: between two slices others may write. */
export async function forgetRepeats(
  { sweep }: Pick<RepeatStore, "sweep">,
  report: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    // A database that is away for a moment is swept the next time.
    const isMore = await sweep().catch(report);
    await pause(isMore ? 0 : everyMs, undefined, { signal, ref: false });
  }
}
