/** What is told in one piece. */
export interface Piece {
  bytes: Uint8Array;
  /** How many lines it tells. */
  lines: number;
}

const mostBytes = 262_144;
/** A reader so far behind is one that has no room. */
const roomBytes = 131_072;

export interface LogRing<P> {
  push(piece: P): void;
  close(): void;
  /** Something to wait for, where nobody has room for more. */
  room(): Promise<void> | undefined;
  /** Reads what is pushed from now on. */
  join(signal: AbortSignal): {
    /** The next piece, or how many lines are missing before it; nothing at the end. */
    next(): Promise<News<P> | undefined>;
    isLate(): boolean;
    /** Goes on from now, whatever it has not taken. */
    skip(): void;
    leave(): void;
  };
}

/** The latest pieces, for readers who take them at their own pace; whoever is too late is told how many lines it missed. */
export function createLogRing<P extends Piece>(): LogRing<P> {
  const pieces = createPieces<P>();
  const readers = new Set<Place>();
  let isClosed = false;
  let taken = Promise.withResolvers<void>();

  function wake(): void {
    for (const { bell } of readers) bell.resolve();
  }

  return {
    push(piece: P): void {
      pieces.push(piece);
      wake();
    },

    close(): void {
      isClosed = true;
      wake();
    },

    room() {
      const furthest = Math.max(...[...readers].map(({ next }) => next));
      return readers.size > 0 && pieces.bytesFrom(furthest) > roomBytes ? taken.promise : undefined;
    },

    join(signal) {
      const place: Place = { ...pieces.end(), bell: Promise.withResolvers<void>() };
      const ring = () => place.bell.resolve();
      readers.add(place);
      signal.addEventListener("abort", ring, { once: true });

      return {
        async next() {
          for (;;) {
            signal.throwIfAborted();
            const news = pieces.after(place);
            if (news) {
              taken.resolve();
              taken = Promise.withResolvers();
            }
            if (news || isClosed) return news;
            await place.bell.promise;
            place.bell = Promise.withResolvers();
          }
        },
        isLate: () => pieces.isLate(place),
        skip: () => void Object.assign(place, pieces.end()),
        leave(): void {
          readers.delete(place);
          signal.removeEventListener("abort", ring);
          taken.resolve();
        },
      };
    },
  };
}

interface Place {
  /** The number of the piece that comes next. */
  next: number;
  /** How many lines there were before it. */
  lines: number;
  bell: PromiseWithResolvers<void>;
}

export interface News<P> {
  piece?: P;
  missed?: number;
}

/** Pieces by their numbers, of which the oldest are let go. */
function createPieces<P extends Piece>() {
  const kept: { piece: P; before: number }[] = [];
  let first = 0;
  let bytes = 0;
  let lines = 0;

  return {
    end: () => ({ next: first + kept.length, lines }),
    isLate: ({ next }: Pick<Place, "next">) => next < first,

    push(piece: P): void {
      kept.push({ piece, before: lines });
      lines += piece.lines;
      bytes += piece.bytes.length;
      while (bytes > mostBytes && kept.length > 1) {
        bytes -= kept.shift()?.piece.bytes.length ?? 0;
        first += 1;
      }
    },

    bytesFrom(next: number): number {
      const untaken = kept.slice(Math.max(0, next - first));
      return untaken.reduce((sum, { piece }) => sum + piece.bytes.length, 0);
    },

    /** Moves the place on. */
    after(place: Place): News<P> | undefined {
      const found = kept[Math.max(0, place.next - first)];
      if (!found) return undefined;
      const missed = found.before - place.lines;
      place.lines = found.before;
      place.next = Math.max(place.next, first);
      if (missed > 0) return { missed };
      place.next += 1;
      place.lines += found.piece.lines;
      return { piece: found.piece };
    },
  };
}
