/** One event as it is sent, and its number among those of all topics. */
interface Frame {
  number: number;
  text: string;
}

/** What is sent at once, and how many frames of the topic a reader of it has had. */
interface Piece {
  bytes: Uint8Array;
  count: number;
  number: number;
}

export type Ring = ReturnType<typeof createRing>;

/** No reader is given more at once, so that little waits in the socket of a slow one. */
const pieceLength = 65_536;
const keptLength = 1_048_576;

/** The latest frames of a topic: so many, and at most a mebibyte of them. */
export function createRing(kept: number, start: number) {
  const frames: Frame[] = [];
  let length = 0;
  let count = 0;
  let forgottenUpTo = start;
  let lastPiece: (Piece & { from: number; of: number }) | undefined;

  function forgetOldest(): void {
    const oldest = frames.shift();
    length -= oldest?.text.length ?? 0;
    forgottenUpTo = oldest?.number ?? forgottenUpTo;
  }

  return {
    /** How many there have been, forgotten ones included. */
    count: () => count,

    push(number: number, text: string): void {
      frames.push({ number, text });
      length += text.length;
      count += 1;
      while (frames.length > 1 && (frames.length > kept || length > keptLength)) forgetOldest();
    },

    /** How many there had been up to a number; nothing if that is too long ago to say what came next. */
    countAt(number: number): number | undefined {
      if (number < forgottenUpTo) return;
      const next = frames.findIndex((frame) => frame.number > number);
      return next === -1 ? count : count - frames.length + next;
    },

    isKept: (from: number): boolean => from >= count - frames.length,

    /** All that came after the first so many. */
    after: (from: number): readonly Frame[] => frames.slice(from - count + frames.length),

    /** As much of it as is sent at once. Readers who keep up all ask for the same piece. */
    pieceAfter(from: number): Piece {
      if (lastPiece?.from === from && lastPiece.of === count) return lastPiece;
      const taken = firstPiece(frames.slice(from - count + frames.length));
      lastPiece = { ...taken, count: from + taken.count, from, of: count };
      return lastPiece;
    },
  };
}

/** As many of some frames, at least one, as are sent at once. */
export function firstPiece(frames: readonly Frame[]): Piece {
  let length = 0;
  let count = 0;
  for (const { text } of frames) {
    if (count > 0 && length + text.length > pieceLength) break;
    length += text.length;
    count += 1;
  }
  const taken = frames.slice(0, count);
  const bytes = Buffer.from(taken.map(({ text }) => text).join(""));
  return { bytes, count, number: taken.at(-1)?.number ?? 0 };
}
