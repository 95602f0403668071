import type { EventOf, Stream } from "../../contract/operation.ts";
import type { Told } from "./pump.ts";

/** A topic of which a reader has missed something, and how many events, where that is known. */
export interface Missed {
  key: string;
  count: number | undefined;
}

/** What comes next; or what is no longer kept, after which position, and whether nothing at all was. */
type News = { bytes: Uint8Array } | { missed: readonly Missed[]; after: string; isAll: boolean };

/** Somebody's place in sources of events that number them, keep the latest, and wake their readers when there are more. */
export interface Reader {
  keys: readonly string[];
  position(): string;
  next(): News | undefined;
  join(wake: () => void): () => void;
}

/** What is said besides what the source has to say. */
export interface Telling<S extends Stream> {
  /** What a reader is told before anything else, with the present state of these topics: all, some, or none of them. */
  opening(keys: readonly string[]): Promise<EventOf<S> | readonly EventOf<S>[]>;
  /** How it is said that something was missed; its present state follows. */
  gap?(missed: readonly Missed[]): EventOf<S>;
}

/** Answers with a promise where the reader has to make room first. */
export type Send = (text: string | Uint8Array) => "told" | Promise<void>;

/** The present and the events, in the order in which they make sense. */
export function createTeller<S extends Stream>({ opening, gap }: Telling<S>, reader: Reader, send: Send) {
  /** The position was noted before the state is read: a change in between is told twice, never lost. */
  async function tellPresent(keys: readonly string[], position?: string): Promise<void> {
    const told = [await opening(keys)].flat() as EventOf<S>[];
    const frames = told.map(({ name, data }, index) =>
      // With the last of it, since who has not heard all of it has to begin again.
      frame(name, data, index === told.length - 1 ? position : undefined),
    );
    for (const piece of pieces(frames)) await send(piece);
  }

  async function tellGap({ missed, after, isAll }: Extract<News, { missed: unknown }>): Promise<void> {
    const { name, data } = gap?.(missed) ?? { name: "gap", data: gapOf(missed, after) };
    await send(frame(name, data));
    await tellPresent(
      missed.map(({ key }) => key),
      isAll ? reader.position() : undefined,
    );
  }

  const give = (news: News) => ("bytes" in news ? send(news.bytes) : tellGap(news));

  return {
    async beginning(lastId: string | undefined): Promise<void> {
      if (lastId === undefined) return tellPresent(reader.keys, reader.position());
      const news = reader.next();
      if (!news || "bytes" in news) await tellPresent([]);
      if (news) await give(news);
    },

    next(): Told {
      const news = reader.next();
      return news ? give(news) : "nothing";
    },
  };
}

function gapOf(missed: readonly Missed[], missed_after: string) {
  const counts = missed.map(({ count }) => count);
  const isKnown = counts.every((count) => count !== undefined);
  return { missed_after, ...(isKnown && { missed: counts.reduce((sum, count) => sum + count, 0) }) };
}

export function frame(name: string, data: unknown, id?: string): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

const pieceLength = 65_536;

/** As little at once as is never too much for a slow reader's socket. */
function pieces(frames: readonly string[]): string[] {
  const joined: string[] = [];
  for (const text of frames) {
    const last = joined.at(-1);
    if (last !== undefined && last.length + text.length <= pieceLength)
      joined[joined.length - 1] = last + text;
    else joined.push(text);
  }
  return joined;
}
