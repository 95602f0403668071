import { type Counter, numberIn, type Position, positionOf } from "./position.ts";
import { firstPiece, type Ring } from "./ring.ts";

/** What a reader needs of a topic. */
export interface Readable {
  key: string;
  ring: Ring;
  join(wake: () => void): () => void;
}

/** How much of a topic a reader was given; nothing where that is too long ago to go on from. */
interface Place {
  topic: Readable;
  given: number | undefined;
}

/** A topic of which a reader has missed something, and how many events, where that is known. */
interface Missed {
  key: string;
  count: number | undefined;
}

type News = { bytes: Uint8Array } | { missed: Missed[]; after: Position; isAll: boolean };

export type Reader = ReturnType<typeof createReader>;

/** Reads topics as one, in the order in which things were told, from now on or from where somebody was before. */
export function createReader(counter: Counter, topics: readonly Readable[], lastId?: Position) {
  const first = lastId === undefined ? counter.last : numberIn(lastId, counter);
  const places = topics.map(
    (topic): Place => ({ topic, given: first === undefined ? undefined : topic.ring.countAt(first) }),
  );
  let position = lastId ?? positionOf(counter, counter.last);

  function toGap(missed: Missed[]): News {
    const after = position;
    const isAll = missed.length === topics.length;
    if (isAll) position = positionOf(counter, counter.last);
    return { missed, after, isAll };
  }

  return {
    keys: topics.map(({ key }) => key),

    /** Where the reader is, as it may come back with it. */
    position: (): Position => position,

    /** What comes next, or what of it is no longer known; nothing if that is all for now. */
    next(): News | undefined {
      const missed = places.flatMap(passOver);
      if (missed.length > 0) return toGap(missed);
      const behind = places.filter(isBehind);
      const [place] = behind;
      if (!place) return undefined;
      const { bytes, number } = behind.length > 1 ? takeMerged(behind) : takeOne(place);
      position = positionOf(counter, number);
      return { bytes };
    },

    /** Has the reader woken when there is more. Answers with the way to leave. */
    join(wake: () => void): () => void {
      const leaves = topics.map((topic) => topic.join(wake));
      return () => {
        for (const leave of leaves) leave();
      };
    },
  };
}

/** The same to read, with something going on for as long as somebody does. */
export function whileRead(source: { read(lastId?: Position): Reader }, begin: () => () => void) {
  return {
    read(lastId?: Position): Reader {
      const reader = source.read(lastId);
      return {
        ...reader,
        join(wake) {
          const ends = [reader.join(wake), begin()];
          return () => {
            for (const end of ends) end();
          };
        },
      };
    },
  };
}

/** What is no longer kept is passed over, once it has been said that it was. */
function passOver(place: Place): Missed | [] {
  const { topic, given } = place;
  const { key, ring } = topic;
  if (given !== undefined && ring.isKept(given)) return [];
  place.given = ring.count();
  return { key, count: given === undefined ? undefined : ring.count() - given };
}

function isBehind({ topic, given = 0 }: Place): boolean {
  return given < topic.ring.count();
}

function takeOne(place: Place) {
  const piece = place.topic.ring.pieceAfter(place.given ?? 0);
  place.given = piece.count;
  return piece;
}

function takeMerged(behind: readonly Place[]) {
  const frames = behind
    .flatMap((place) => place.topic.ring.after(place.given ?? 0).map((frame) => ({ ...frame, place })))
    .sort((a, b) => a.number - b.number);
  const piece = firstPiece(frames);
  for (const { place } of frames.slice(0, piece.count)) place.given = (place.given ?? 0) + 1;
  return piece;
}
