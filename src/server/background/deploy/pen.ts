import type { RunRecord } from "../../storage/run-types.ts";

const flushMs = 200;

/** Writes what has been noted a moment later, or at once. */
export function createPen(
  take: () => RunRecord,
  write: (record: RunRecord) => Promise<void>,
  lost: (error: unknown) => void,
) {
  let timer: NodeJS.Timeout | undefined;
  let written: Promise<unknown> = Promise.resolve();

  function taken(): RunRecord {
    clearTimeout(timer);
    timer = undefined;
    return take();
  }
  const flush = (): Promise<void> => {
    const writing = write(taken());
    written = Promise.allSettled([written, writing]).then(() => undefined);
    return writing;
  };
  const writeDown = () => void flush().catch(lost);

  return {
    flush,
    /** What is left for the last write. What is being written comes before it: after it nothing may be. */
    async rest(): Promise<RunRecord> {
      for (let seen: Promise<unknown> | undefined; seen !== written; await seen) seen = written;
      return taken();
    },
    /** At once: for a time in which nobody waits for the disk. */
    writeDown,
    later(): void {
      timer ??= setTimeout(writeDown, flushMs);
    },
  };
}
