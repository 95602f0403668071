import { setTimeout as pause } from "node:timers/promises";

const everyMs = 60_000;
const atOnce = 500;

export type LastSeen = ReturnType<typeof createLastSeen>;

/** When sessions were used last, in memory: a request does not wait for that to be written. */
export function createLastSeen(now: () => Date) {
  let seen = new Map<string, number>();
  return {
    note: (session_id: string): void => void seen.set(session_id, now().getTime()),
    /** All that was noted since. */
    take(): [string, string][] {
      const taken = seen;
      seen = new Map();
      return Array.from(taken, ([id, ms]) => [id, new Date(ms).toISOString()]);
    },
  };
}

interface KeepNeeds {
  seen: LastSeen;
  sessions: { saveSeen(seen: readonly (readonly [string, string])[]): Promise<void> };
  report(error: unknown): void;
}

/** Writes it down now and then, and at the end. */
export async function keepSeen({ seen, sessions, report }: KeepNeeds, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    const all = seen.take();
    // A little at a time: between two slices others may write.
    for (let at = 0; at < all.length; at += atOnce)
      await sessions.saveSeen(all.slice(at, at + atOnce)).catch(report);
  }
}
