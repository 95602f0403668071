import { tooMany, unavailable } from "../../core/problem.ts";
import type { Limits } from "./limits.ts";

interface Asker {
  user_id: string | undefined;
  address: string;
}

type Leave = () => void;

export type Places = ReturnType<typeof createPlaces>;

const retrySeconds = 5;

/** Counts what stays open, by whom and in all, and has no more of it than there is room for. */
export function createPlaces(limits: Limits) {
  const byUser = { stream: createCount(), socket: createCount() };
  const byAddress = createCount();
  const all = createCount();
  let onEmpty: Leave = () => {};

  return {
    /** Takes a place or refuses. Answers with the way to give it back, once. */
    take(kind: "stream" | "socket", { user_id = "", address }: Asker): Leave {
      const most = kind === "stream" ? limits.streamsPerUser : limits.socketsPerUser;
      if (all.of("") >= limits.streams)
        throw unavailable("Too many streams are open on this server", retrySeconds);
      if (user_id && byUser[kind].of(user_id) >= most)
        throw tooMany(`You have ${most} of these open already: close one first`, retrySeconds);
      if (byAddress.of(address) >= limits.streamsPerAddress)
        throw tooMany("Too many streams are open from your address", retrySeconds);

      const leaves = [byUser[kind].add(user_id), byAddress.add(address), all.add("")];
      return () => {
        for (const leave of leaves.splice(0)) leave();
        if (all.of("") === 0) onEmpty();
      };
    },
    count: () => all.of(""),
    /** Fulfils when nothing is open any more, or when it has taken too long. */
    async emptied(ms: number): Promise<void> {
      if (all.of("") === 0) return;
      const waiting = Promise.withResolvers<void>();
      onEmpty = waiting.resolve;
      const enough = setTimeout(waiting.resolve, ms);
      await waiting.promise;
      clearTimeout(enough);
    },
  };
}

function createCount() {
  const counts = new Map<string, number>();
  const of = (key: string) => counts.get(key) ?? 0;
  return {
    of,
    add(key: string): Leave {
      counts.set(key, of(key) + 1);
      return () => void (of(key) > 1 ? counts.set(key, of(key) - 1) : counts.delete(key));
    },
  };
}
