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
  let current: AbortController | undefined;
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

  async function read(topics: readonly string[], mine: AbortController, replace: () => void): Promise<void> {
    let isRetold = lastId === undefined;
    const hooks = {
      from: lastId,
      opened: () => [replace(), needs.opened()],
      broke: () => current === mine && needs.broke(),
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
    /** Opens a stream about these; the one before is closed when it stands. */
    async open(topics: readonly string[]): Promise<void> {
      const old = current;
      const mine = new AbortController();
      current = mine;
      try {
        await read(topics, mine, () => old?.abort());
      } catch (error) {
        // Those that were refused never take the place of one that stands.
        if (current === mine) current = old?.signal.aborted ? undefined : old;
        needs.refused(error instanceof ApiError ? error.status : 0, topics);
      }
    },

    close(): void {
      current?.abort();
      current = undefined;
    },

    isOpen: () => current !== undefined,
  };
}
