import { sql } from "kysely";
import RateLimiterRes from "rate-limiter-flexible/lib/RateLimiterRes.js";
import RateLimiterStoreAbstract from "rate-limiter-flexible/lib/RateLimiterStoreAbstract.js";
import { tooMany } from "../../core/problem.ts";
import type { Database } from "./database.ts";
import type { LimitRow } from "./tables.ts";

export type LimitStore = ReturnType<typeof limitStore>;
export type Limit = ReturnType<LimitStore["limit"]>;

interface LimitOptions {
  /** Set apart from other limits by it. */
  name: string;
  points: number;
  seconds: number;
  /** What somebody beyond the limit is told. */
  sentence: string;
}

const sweepEveryMs = 60_000;

/** Limits that are counted in the database: the same for all servers on it, and not forgotten by a restart. */
export function limitStore(database: Database, nowMs: () => number = Date.now) {
  const counters = createCounters(database, nowMs);

  return {
    limit({ name, points, seconds, sentence }: LimitOptions) {
      const limiter = new StoredLimiter({ keyPrefix: name, points, duration: seconds, counters, nowMs });
      const refuse = ({ msBeforeNext }: RateLimiterRes) =>
        tooMany(sentence, Math.max(1, Math.ceil(msBeforeNext / 1_000)));

      return {
        /** Refuses where the limit is used up, and counts nothing: being refused costs no write. */
        async check(key: string): Promise<void> {
          const used = await limiter.get(key);
          if (used && used.consumedPoints >= points) throw refuse(used);
        },

        /** Counts one, or refuses it. */
        async count(key: string): Promise<void> {
          try {
            await limiter.consume(key);
          } catch (refusal) {
            throw refusal instanceof RateLimiterRes ? refuse(refusal) : refusal;
          }
        },

        /** Takes back one that was counted. */
        async takeBack(key: string): Promise<void> {
          await limiter.reward(key);
        },
      };
    },
  };
}

type Counters = ReturnType<typeof createCounters>;

function createCounters({ read, write }: Database, nowMs: () => number) {
  let sweptMs = 0;

  return {
    async find(key: string): Promise<LimitRow | undefined> {
      const row = await read.selectFrom("limits").selectAll().where("key", "=", key).executeTakeFirst();
      return row && (row.expires_ms === null || row.expires_ms > nowMs()) ? row : undefined;
    },

    /** Adds to a counter that still counts, and begins anew with one that has expired. */
    add(key: string, points: number, expires_ms: number, restart: boolean): Promise<LimitRow> {
      const now = nowMs();
      // Taking back what has expired meanwhile must not leave somebody more than the limit.
      const fresh = Math.max(points, 0);
      return write(async (tx) => {
        if (now > sweptMs + sweepEveryMs) {
          sweptMs = now;
          await tx.deleteFrom("limits").where("expires_ms", "<=", now).execute();
        }
        const stale = sql<boolean>`(${sql.lit(restart ? 1 : 0)} = 1 or limits.expires_ms <= cast(${now} as bigint))`;
        return tx
          .insertInto("limits")
          .values({ key, points: fresh, expires_ms })
          .onConflict((oc) =>
            oc.column("key").doUpdateSet({
              points: sql`case when ${stale} then excluded.points else limits.points + cast(${points} as integer) end`,
              expires_ms: sql`case when ${stale} then excluded.expires_ms else limits.expires_ms end`,
            }),
          )
          .returningAll()
          .executeTakeFirstOrThrow();
      });
    },

    remove(key: string): Promise<boolean> {
      return write(async (tx) => {
        const removed = await tx
          .deleteFrom("limits")
          .where("key", "=", key)
          .returning("key")
          .executeTakeFirst();
        return removed !== undefined;
      });
    },
  };
}

interface StoredOptions {
  keyPrefix: string;
  points: number;
  duration: number;
  counters: Counters;
  nowMs(): number;
}

/** The library's own way of adding a store: it asks for these four methods by name. */
class StoredLimiter extends RateLimiterStoreAbstract {
  readonly #counters: Counters;
  readonly #nowMs: () => number;
  readonly #points: number;

  constructor({ counters, nowMs, ...options }: StoredOptions) {
    super({ ...options, storeClient: counters });
    this.#counters = counters;
    this.#nowMs = nowMs;
    this.#points = options.points;
  }

  _getRateLimiterRes(_key: string, changed: number, { points, expires_ms }: LimitRow): RateLimiterRes {
    const left = Math.max(this.#points - points, 0);
    return new RateLimiterRes(left, (expires_ms ?? 0) - this.#nowMs(), points, points === changed);
  }

  async _get(key: string): Promise<LimitRow | null> {
    return (await this.#counters.find(key)) ?? null;
  }

  _delete(key: string): Promise<boolean> {
    return this.#counters.remove(key);
  }

  _upsert(key: string, points: number, msDuration: number, restart = false): Promise<LimitRow> {
    return this.#counters.add(key, points, this.#nowMs() + msDuration, restart);
  }
}
