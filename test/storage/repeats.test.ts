import { describe, expect, test } from "vitest";
import { newId } from "../../src/server/new-id.ts";
import type { Database } from "../../src/server/storage/database.ts";
import { repeatStore } from "../../src/server/storage/repeats.ts";
import { insertUser } from "../support/insert-user.ts";
import { DIALECTS } from "./dialects.ts";

const answered = { status: 201, answer: '{"id":"1"}' };
const unanswered = { kind: "conflict", message: expect.stringContaining("still being answered") };
const otherBody = { kind: "conflict", message: expect.stringContaining("with another body") };
const dayMs = 24 * 3_600_000;

async function prepare(open: () => Promise<Database>) {
  const database = await open();
  const user_id = newId();
  await insertUser(database, { id: user_id, at: "2026-01-01T00:00:00.000Z" });
  const asked = { user_id, route: "POST /things", key: "k", body_hash: "h" };
  // As two servers on one database have it: each with a store of its own.
  const [one, two] = [repeatStore(database), repeatStore(database)];

  return {
    ...{ database, asked, one, two },
    async take(given = asked) {
      const begun = await one.begin(given);
      if ("answer" in begun) throw new Error("It was answered before");
      return begun;
    },
    /** As if all of them had come longer ago. */
    age: (ms: number) =>
      database.write((tx) =>
        tx
          .updateTable("repeats")
          .set((eb) => ({ created_ms: eb("created_ms", "-", ms) }))
          .where("user_id", "=", user_id)
          .execute(),
      ),
    rows: () => database.read.selectFrom("repeats").selectAll().where("user_id", "=", user_id).execute(),
  };
}

describe.each(DIALECTS)("on %s", (_, open) => {
  test("W10 of many that come together one is to be done, by whichever server", async () => {
    const { one, two, asked } = await prepare(open);
    const all = await Promise.allSettled(
      Array.from({ length: 40 }, (_each, at) => (at % 2 ? one : two).begin(asked)),
    );
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const each of all) if (each.status === "rejected") expect(each.reason).toMatchObject(unanswered);
  });

  test("what was answered is answered again, and to nobody else", async () => {
    const { two, take, asked, database } = await prepare(open);
    await (await take()).keep(answered);
    expect(await two.begin(asked)).toEqual(answered);
    await expect(two.begin({ ...asked, body_hash: "other" })).rejects.toMatchObject(otherBody);
    expect(await two.begin({ ...asked, route: "POST /others" })).not.toHaveProperty("answer");
    const user_id = newId();
    await insertUser(database, { id: user_id, at: "2026-01-01T00:00:00.000Z" });
    expect(await two.begin({ ...asked, user_id, body_hash: "other" })).not.toHaveProperty("answer");
  });

  test("what was released may be done, with another body too", async () => {
    const { two, take, asked } = await prepare(open);
    await (await take()).release();
    expect(await two.begin({ ...asked, body_hash: "other" })).not.toHaveProperty("answer");
  });

  test("whoever does not answer within a minute loses it, and keeps nothing any more", async () => {
    const { one, two, take, age, asked } = await prepare(open);
    const lost = await take();
    await age(59_000);
    await expect(two.begin(asked)).rejects.toMatchObject(unanswered);
    await age(2_000);
    await expect(two.begin({ ...asked, body_hash: "other" })).rejects.toMatchObject(otherBody);
    const again = await two.begin(asked);
    await lost.keep({ status: 200, answer: "too late" });
    await lost.release();
    await expect(one.begin(asked)).rejects.toMatchObject(unanswered);
    if (!("answer" in again)) await again.keep(answered);
    expect(await one.begin(asked)).toEqual(answered);
  });

  test("after a day an answer is forgotten, and swept away in slices", async () => {
    const { one, take, age, asked, rows } = await prepare(open);
    for (let at = 0; at < 150; at += 1) await (await take({ ...asked, key: `k${at}` })).keep(answered);
    await age(dayMs - 60_000);
    expect(await one.begin({ ...asked, key: "k0" })).toEqual(answered);
    await age(120_000);
    expect(await one.begin({ ...asked, key: "k0", body_hash: "other" })).not.toHaveProperty("answer");
    expect(await one.sweep()).toBe(true);
    expect(await rows()).toHaveLength(50);
    expect(await one.sweep()).toBe(false);
    expect(await rows()).toMatchObject([{ key: "k0", status: null }]);
  });
});
