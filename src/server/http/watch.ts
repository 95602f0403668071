type End = () => void;

/** Ends what is open when what it stands on has gone, asking about all of it at once. */
export function createWatch(
  still: (keys: readonly string[]) => Promise<ReadonlySet<string>>,
  everyMs: number,
) {
  const open = new Map<string, Set<End>>();
  let isPlanned = false;

  async function look(): Promise<void> {
    const asked = [...open.keys()];
    if (asked.length === 0) return;
    const standing = await still(asked);
    for (const key of asked) if (!standing.has(key)) for (const end of open.get(key) ?? []) end();
  }

  function plan(): void {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(async () => {
      // A database that is away for a moment ends nothing.
      await look().catch(() => undefined);
      isPlanned = false;
      if (open.size > 0) plan();
    }, everyMs).unref();
  }

  /** Answers with the way to stop watching. */
  function watch(key: string, end: End): () => void {
    const ends = open.get(key) ?? new Set();
    open.set(key, ends.add(end));
    plan();
    return () => {
      ends.delete(end);
      if (ends.size === 0 && open.get(key) === ends) open.delete(key);
    };
  }
  return { watch, look };
}
