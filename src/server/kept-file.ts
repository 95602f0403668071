import { open, rename } from "node:fs/promises";

interface Keeping {
  path: string;
  /** What is to be in the file, as of now. */
  take(): string;
  /** How long after a change it is written, with all that changed meanwhile. */
  paceMs: number;
  report(error: unknown): void;
}

/** A file that follows what changes in memory, readable by nobody else. What a crash loses is no older than its pace. */
export function keepFile({ path, take, paceMs, report }: Keeping) {
  let isStale = false;
  let due: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;

  function changed(): void {
    isStale = true;
    if (!writing) due ??= setTimeout(save, paceMs).unref();
  }

  function save(): Promise<void> {
    clearTimeout(due);
    due = undefined;
    isStale = false;
    writing = replaceFile(path, take())
      .catch(report)
      .finally(() => {
        writing = undefined;
        if (isStale) changed();
      });
    return writing;
  }

  return {
    changed,
    /** Writes what is not written yet. Nothing may change any more. */
    async close(): Promise<void> {
      await writing;
      if (isStale) await save();
    },
  };
}

/** Under another name first, synced and renamed: a crash leaves the old file or the new one. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  const file = await open(draft, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
