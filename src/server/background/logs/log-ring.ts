/** What is told in one piece. */
export interface Piece {
  bytes: Uint8Array;
  /** How many lines it tells. */
  lines: number;
}

interface Kept<P> {
  piece: P;
  /** How many lines were told before it. */
  before: number;
}

const mostBytes = 262_144;
/** A reader so far behind is one that has no room. */
const roomBytes = 131_072;

export type LogReader<P extends Piece> = ReturnType<ReturnType<typeof createLogRing<P>>["join"]>;

/** The latest pieces, for readers who take them at their own pace; whoever is too late is told how many lines it missed. */
export function createLogRing<P extends Piece>() {
  const kept: Kept<P>[] = [];
  const readers = new Set<{ next: number; ring(): void }>();
  let first = 0;
  let bytes = 0;
  let lines = 0;
  let isClosed = false;
  let taken = Promise.withResolvers<void>();

  function push(piece: P): void {
    kept.push({ piece, before: lines });
    lines += piece.lines;
    bytes += piece.bytes.length;
    while (bytes > mostBytes && kept.length > 1) {
      bytes -= kept.shift()?.piece.bytes.length ?? 0;
      first += 1;
    }
    for (const { ring } of readers) ring();
  }

  /** Bytes that even the fastest reader has yet to take. */
  function untaken(): number {
    const furthest = Math.max(...[...readers].map(({ next }) => next));
    let sum = 0;
    for (let index = kept.length - 1; index >= 0 && first + index >= furthest; index -= 1)
      sum += kept[index]?.piece.bytes.length ?? 0;
    return sum;
  }

  return {
    push,
    close(): void {
      isClosed = true;
      for (const { ring } of readers) ring();
    },

    /** Something to wait for, where nobody has room for more. */
    room(): Promise<void> | undefined {
      return readers.size > 0 && untaken() > roomBytes ? taken.promise : undefined;
    },

    /** Reads what is pushed from now on. */
    join(signal: AbortSignal) {
      let bell = Promise.withResolvers<void>();
      const reader = { next: first + kept.length, ring: () => bell.resolve() };
      let told = lines;
      readers.add(reader);
      signal.addEventListener("abort", reader.ring, { once: true });

      function take(): { piece?: P; missed?: number } | undefined {
        const found = kept[Math.max(0, reader.next - first)];
        if (!found) return undefined;
        if (reader.next < first) {
          const missed = found.before - told;
          reader.next = first;
          told = found.before;
          if (missed > 0) return { missed };
        }
        reader.next += 1;
        told = found.before + found.piece.lines;
        taken.resolve();
        taken = Promise.withResolvers();
        return { piece: found.piece };
      }

      return {
        /** The next piece, or how many lines are missing before it; nothing at the end. */
        async next(): Promise<{ piece?: P; missed?: number } | undefined> {
          for (;;) {
            signal.throwIfAborted();
            const news = take();
            if (news || isClosed) return news;
            await bell.promise;
            bell = Promise.withResolvers();
          }
        },
        isLate: () => reader.next < first,
        skip(): void {
          reader.next = first + kept.length;
          told = lines;
        },
        leave(): void {
          readers.delete(reader);
          taken.resolve();
        },
      };
    },
    readers: () => readers.size,
  };
}
