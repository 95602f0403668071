import { type RawBuilder, sql, type Transaction } from "kysely";
import { conflict } from "../../core/problem.ts";
import type { Database } from "./database.ts";
import type { RepeatRow, Tables } from "./tables.ts";

export type RepeatStore = ReturnType<typeof repeatStore>;

type Asked = Pick<RepeatRow, "user_id" | "route" | "key" | "body_hash">;

/** Byte for byte. */
export interface Answered {
  status: number;
  answer: string;
}

const keptMs = 24 * 3_600_000;
/** Longer than anybody waits for an answer: whoever has not answered by then never will. */
const patienceMs = 60_000;
/** Few, since answers can be long and every other write waits. */
const sweptAtOnce = 100;

/** Requests that may be sent again: at first a place that only one can take, then what was answered. */
export function repeatStore({ write, clockMs }: Database) {
  return {
    /** Answers with what was answered before, or leaves it to the caller to do what is asked. */
    begin: (asked: Asked) =>
      write(async (tx) => {
        const created_ms = await reserve(tx, asked, clockMs);
        return created_ms === undefined ? answerOf(tx, asked) : begun(write, { ...asked, created_ms });
      }),

    /** Forgets some of what is too old to be answered again; true if there may be more of it. */
    sweep: () =>
      write(async (tx) => {
        // Asked for once: a clock that is read for each row keeps PostgreSQL from using the index.
        const oldest = sql<number>`(select ${clockMs} - ${sql.lit(keptMs)})`;
        const old = tx
          .selectFrom("repeats")
          .select(["user_id", "route", "key"])
          .where("created_ms", "<", oldest)
          .orderBy("created_ms")
          .limit(sweptAtOnce);
        const { numDeletedRows } = await tx
          .deleteFrom("repeats")
          .where((eb) =>
            eb(eb.refTuple("user_id", "route", "key"), "in", old.$asTuple("user_id", "route", "key")),
          )
          .executeTakeFirstOrThrow();
        return numDeletedRows === BigInt(sweptAtOnce);
      }),
  };
}

/**
 * Takes the place if it is free, and says since when. It is free again when it is too old, and when whoever had it went
 * without answering; what they were about to do may then be done twice, since nobody knows how far they came.
 */
async function reserve(
  tx: Transaction<Tables>,
  asked: Asked,
  clockMs: RawBuilder<number>,
): Promise<number | undefined> {
  const row = await tx
    .insertInto("repeats")
    .values({ ...asked, status: null, answer: null, created_ms: clockMs })
    .onConflict((oc) =>
      oc
        .columns(["user_id", "route", "key"])
        .doUpdateSet((eb) => ({
          body_hash: eb.ref("excluded.body_hash"),
          created_ms: eb.ref("excluded.created_ms"),
          status: null,
          answer: null,
        }))
        .where((eb) => {
          const isOlderThan = (ms: number) =>
            eb("repeats.created_ms", "<", eb("excluded.created_ms", "-", ms));
          const isAbandoned = eb.and([
            eb("repeats.status", "is", null),
            eb("repeats.body_hash", "=", eb.ref("excluded.body_hash")),
            isOlderThan(patienceMs),
          ]);
          return eb.or([isOlderThan(keptMs), isAbandoned]);
        }),
    )
    .returning("created_ms")
    .executeTakeFirst();
  return row?.created_ms;
}

async function answerOf(tx: Transaction<Tables>, { body_hash, ...place }: Asked): Promise<Answered> {
  const row = await tx
    .selectFrom("repeats")
    .select(["body_hash", "status", "answer"])
    .where((eb) => eb.and(place))
    .executeTakeFirst();
  if (row && row.body_hash !== body_hash)
    throw conflict("This Idempotency-Key was sent before with another body");
  if (!row || row.status === null || row.answer === null)
    throw conflict("The first request with this Idempotency-Key is still being answered");
  return { status: row.status, answer: row.answer };
}

/** Since when a place was taken tells whoever has it from whoever had it before. */
function begun(write: Database["write"], { body_hash: _, ...place }: Asked & { created_ms: number }) {
  return {
    keep: async (answered: Answered): Promise<void> => {
      await write((tx) =>
        tx
          .updateTable("repeats")
          .set(answered)
          .where((eb) => eb.and(place))
          .execute(),
      );
    },

    /** Whoever asks next may do it. */
    release: async (): Promise<void> => {
      await write((tx) =>
        tx
          .deleteFrom("repeats")
          .where((eb) => eb.and(place))
          .execute(),
      );
    },
  };
}
