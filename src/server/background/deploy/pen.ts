import type { RunRecord } from "../../storage/run-types.ts";

type Write = (record: RunRecord) => Promise<void>;

const flushMs = 200;

/**
 * Writes what has been noted, one write after the other: where two were under way at once, the earlier might be the
 * one that lasts, or come after the end of the run and be refused.
 */
export function createPen(take: () => RunRecord, record: Write, lost: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined;
  let written: Promise<unknown> = Promise.resolve();

  function taken(): RunRecord {
    clearTimeout(timer);
    timer = undefined;
    return take();
  }

  /** All that is noted by the time it is its turn. */
  function write(by: Write = record): Promise<void> {
    const writing = written.then(() => by(taken()));
    written = writing.catch(() => undefined);
    return writing;
  }
  const writeDown = () => void write().catch(lost);

  return {
    write,
    /** At once: for a time in which nobody waits for the disk. */
    writeDown,
    /** A moment later, with what is noted until then. */
    later(): void {
      timer ??= setTimeout(writeDown, flushMs);
    },
  };
}
