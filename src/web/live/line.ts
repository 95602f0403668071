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

type Identified = LiveEvent & { id?: string | undefined };

/** What the tab has heard, through whichever stream. */
function createMemory() {
  let lastId: string | undefined;
  /** Of what all is known up to the last id. */
  let covered: ReadonlySet<string> = new Set();
  const seen = new Set<string>();

  function isNews({ id }: Identified, isRetold: boolean): boolean {
    if (id === undefined) return true;
    const isKnown = seen.has(id) && !isRetold;
    lastId = id;
    seen.add(id);
    const [oldest = ""] = seen;
    if (seen.size > rememberedIds) seen.delete(oldest);
    return !isKnown;
  }

  return {
    lastId: () => lastId,

    /** Of what a stream about these tells, says what the tab is to hear. */
    listen(topics: readonly string[]): (event: Identified) => LiveEvent[] {
      let isRetold = lastId === undefined;
      let uncovered = isRetold ? [] : topics.filter((topic) => !covered.has(topic));

      return (event) => {
        if (event.name === "gap") {
          // All is told anew, under ids that may be known.
          isRetold = true;
          uncovered = uncovered.filter((topic) => !event.data.topics.includes(topic));
        }
        const news = isNews(event, isRetold) ? [event] : [];
        if (event.name !== "hello") return news;
        covered = new Set(topics);
        if (uncovered.length === 0) return news;
        // What was told of a topic between the page's own reading and now may be before the last id.
        const missed: LiveEvent = { name: "gap", data: { topics: uncovered } };
        uncovered = [];
        return [missed, ...news];
      };
    },
  };
}

/** The one stream of the tab. What it is about can change without anything being missed or told twice. */
export function createLine(needs: LineNeeds) {
  /** All that stand or are asked for, the one that is meant last. */
  const all = new Set<AbortController>();
  const memory = createMemory();

  /** Ends every stream, or those that were there before one. */
  function end(kept?: AbortController): void {
    for (const each of all) {
      if (each === kept) return;
      all.delete(each);
      each.abort();
    }
  }

  async function read(topics: readonly string[], mine: AbortController): Promise<void> {
    const toHear = memory.listen(topics);
    const hooks = {
      from: memory.lastId(),
      opened: () => mine.signal.aborted || [end(mine), needs.opened()],
      broke: () => [...all].at(-1) === mine && needs.broke(),
      hope: needs.hope,
    };
    const query = { topics: topics.join(",") };
    for await (const event of needs.follow(api.followEvents, { query }, mine.signal, hooks))
      for (const each of toHear(event)) needs.hear(each);
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
