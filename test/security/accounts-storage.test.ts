import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { newId } from "../../src/server/new-id.ts";
import { limitStore } from "../../src/server/storage/limits.ts";
import { sessionStore } from "../../src/server/storage/sessions.ts";
import { userStore } from "../../src/server/storage/users.ts";
import { DIALECTS } from "../storage/dialects.ts";

const at = "2026-01-01T00:00:00.000Z";
const later = "2026-01-02T00:00:00.000Z";
const person = (name = "Ada") => ({
  id: newId(),
  name,
  email: `${randomUUID()}@example.com`,
  password_hash: "hash",
  avatar_url: "https://example.com/a.png",
  auth_provider: "",
  created_at: at,
});

describe.each(DIALECTS)("on %s", (_, open) => {
  test("U06: a limit is counted once for all, however many ask at once, and begins anew when its time is over", async () => {
    const database = await open();
    let nowMs = Date.now();
    const options = { name: randomUUID(), points: 5, seconds: 60, sentence: "Too many" };
    const limit = limitStore(database, () => nowMs).limit(options);
    const same = limitStore(database, () => nowMs).limit(options);
    const counted = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) => (n % 2 ? limit : same).count("key")),
    );
    expect(counted.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    await expect(same.check("key")).rejects.toMatchObject({ kind: "too_many", retryAfterSeconds: 60 });
    await limit.check("another key");
    nowMs += 59_000;
    await expect(limit.check("key")).rejects.toMatchObject({ retryAfterSeconds: 1 });
    nowMs += 2_000;
    await limit.check("key");
    for (let n = 0; n < 5; n += 1) await limit.count("key");
    await expect(limit.count("key")).rejects.toMatchObject({ kind: "too_many" });
  });

  test("U06: what is taken back makes room for one, and never for more than the limit", async () => {
    const database = await open();
    let nowMs = Date.now();
    const limit = limitStore(database, () => nowMs).limit({
      name: randomUUID(),
      points: 2,
      seconds: 60,
      sentence: "Too many",
    });
    await limit.count("key");
    await limit.count("key");
    await limit.takeBack("key");
    await limit.count("key");
    await expect(limit.count("key")).rejects.toMatchObject({ kind: "too_many" });
    nowMs += 61_000;
    await limit.takeBack("key");
    await limit.count("key");
    await limit.count("key");
    await expect(limit.count("key")).rejects.toMatchObject({ kind: "too_many" });
  });

  test("counters whose time is over are swept away", async () => {
    const database = await open();
    let nowMs = Date.now();
    const name = randomUUID();
    const limit = limitStore(database, () => nowMs).limit({ name, points: 9, seconds: 10, sentence: "" });
    for (const key of ["a", "b", "c"]) await limit.count(key);
    nowMs += 120_000;
    await limit.count("d");
    const rows = await database.read
      .selectFrom("limits")
      .select("key")
      .where("key", "like", `${name}:%`)
      .execute();
    expect(rows).toEqual([{ key: `${name}:d` }]);
  });

  test("U10: of several servers that rotate a token at once one does", async () => {
    const database = await open();
    const [users, sessions] = [userStore(database), sessionStore(database)];
    const user = await users.register(person());
    const id = newId();
    const first = { id, user_id: user.id, created_at: at, token_id: "t0", issued_at: at, expires_at: later };
    expect(await sessions.begin(first, "hash", "1970")).toBe(true);
    const rotated = await Promise.all(
      ["t1", "t2", "t3"].map((token_id) =>
        sessions.rotate(id, "t0", { token_id, issued_at: later, expires_at: later }),
      ),
    );
    expect(rotated.filter(Boolean)).toHaveLength(1);
    expect(await sessions.find(id)).toMatchObject({ user, previous_token_id: "t0", created_at: at });
    expect(await sessions.callerOf(id)).toEqual({
      user,
      token_id: expect.any(String),
      previous_token_id: "t0",
      issued_at: later,
    });
    await sessions.end(id, later, "signed_out");
    expect(await sessions.callerOf(id)).toBeUndefined();
    expect(await sessions.stillOpen([id, "unknown"])).toEqual(new Set());
  });

  test("sessions nobody can continue go when their user signs in again", async () => {
    const database = await open();
    const [users, sessions] = [userStore(database), sessionStore(database)];
    const user = await users.register(person());
    const session = { user_id: user.id, created_at: at, token_id: "t", issued_at: at };
    const [old, next] = [newId(), newId()];
    await sessions.begin({ ...session, id: old, expires_at: at }, "hash", "1970");
    await sessions.begin({ ...session, id: next, expires_at: later }, "hash", later);
    expect(await sessions.stillOpen([old, next])).toEqual(new Set([next]));
  });
});
