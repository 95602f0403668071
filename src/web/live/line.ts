import { ApiError } from "../../client/api-error.ts";
import type { Client } from "../../client/client.ts";
import { api } from "../../contract/api.ts";
import type { LiveEvent } from "./events.ts";

interface LineNeeds {
  follow: Client["follow"];
  hear(event: LiveEvent): void;
  /** The stream stands, or stands no longer. */
  opened(): void;
  broke(): void;
  /** The server will not have it: the session is over, or one of the topics is gone. */
  refused(status: number, topics: readonly string[]): void;
  hope(again: () => void): () => void;
}

const rememberedIds = 500;

/** The one stream of the tab. What it is about can change without anything being missed or told twice. */
export function createLine(needs: LineNeeds) {
  /** All that stand or are asked for, the one that is meant last. */
  const all = new Set<AbortController>();
  let lastId: string | undefined;
  const seen = new Set<string>();

  function isNews({ id }: { id?: string | undefined }, isRetold: boolean): boolean {
    if (id === undefined) return true;
    const isKnown = seen.has(id) && !isRetold;
    lastId = id;
    seen.add(id);
    const [oldest = ""] = seen;
    if (seen.size > rememberedIds) seen.delete(oldest);
    return !isKnown;
  }

  /** Ends every stream, or those that were there before one. */
  function end(kept?: AbortController): void {
    for (const each of all) {
      if (each === kept) return;
      all.delete(each);
      each.abort();
    }
  }

  async function read(topics: readonly string[], mine: AbortController): Promise<void> {
    let isRetold = lastId === undefined;
    const hooks = {
      from: lastId,
      opened: () => mine.signal.aborted || [end(mine), needs.opened()],
      broke: () => [...all].at(-1) === mine && needs.broke(),
      hope: needs.hope,
    };
    const query = { topics: topics.join(",") };
    for await (const event of needs.follow(api.followEvents, { query }, mine.signal, hooks)) {
      // After a gap all is told anew, under ids that may be known.
      if (event.name === "gap") isRetold = true;
      if (isNews(event, isRetold)) needs.hear(event);
    }
  }

  return {
    /** Opens a stream about these; those before it are closed when it stands. */
    async open(topics: readonly string[]): Promise<void> {
      const mine = new AbortController();
      all.add(mine);
      try {
        await read(topics, mine);
      } catch (error) {
        // Those that were refused never take the place of one that stands.
        all.delete(mine);
        needs.refused(error instanceof ApiError ? error.status : 0, topics);
      }
    },

    close: () => end(),
    isOpen: () => all.size > 0,
  };
}
