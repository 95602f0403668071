import type { FailureWord } from "./failures.ts";

/** Since when what is shown may no longer be so, and why. */
export interface Staleness {
  stale_since: string;
  reason: FailureWord;
}

interface Place {
  apiVersion: string;
  kind: string;
  namespace?: string;
}

/** How current what is seen of a cluster is. Without `stale_since`, some of it is as the cluster is now. */
export interface Freshness extends Partial<Staleness> {
  /** The kinds that are not seen as they are now. */
  behind: (Place & Staleness)[];
}

interface Entry {
  place: Place;
  isCurrent: boolean;
  stale: Staleness | undefined;
}

/** How current each source of one cluster is, and all of them together. */
export function createFreshness(now: () => Date = () => new Date()) {
  const entries = new Set<Entry>();
  const readers = new Set<(freshness: Freshness) => void>();

  function read(): Freshness {
    const all = [...entries];
    const behind = all.flatMap(({ place, stale }) => (stale ? [{ ...place, ...stale }] : []));
    const last = behind.toSorted((a, b) => (a.stale_since < b.stale_since ? 1 : -1))[0];
    if (!last || all.some(({ isCurrent }) => isCurrent)) return { behind };
    // The cluster was seen until the last of its sources was.
    return { stale_since: last.stale_since, reason: last.reason, behind };
  }

  function change(entry: Entry, isCurrent: boolean, stale: Staleness | undefined): void {
    const isNews = entry.stale?.reason !== stale?.reason;
    Object.assign(entry, { isCurrent, stale });
    if (isNews) tellAll();
  }

  function tellAll(): void {
    const freshness = read();
    for (const tell of readers) tell(freshness);
  }

  return {
    read,

    /** Told whenever something becomes stale, for another reason, or current again. */
    follow(tell: (freshness: Freshness) => void): () => void {
      readers.add(tell);
      return () => void readers.delete(tell);
    },

    join({ apiVersion, kind, namespace }: Place) {
      const place = { apiVersion, kind, ...(namespace !== undefined && { namespace }) };
      const entry: Entry = { place, isCurrent: false, stale: undefined };
      entries.add(entry);
      return {
        read: () => entry.stale,
        current: () => change(entry, true, undefined),
        stale(reason: FailureWord): void {
          const { stale_since = now().toISOString() } = entry.stale ?? {};
          change(entry, false, { stale_since, reason });
        },
        leave(): void {
          entries.delete(entry);
          if (entry.stale) tellAll();
        },
      };
    },
  };
}
