import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { unavailable } from "../../src/core/problem.ts";
import { createRepeats } from "../../src/server/app-repeats.ts";
import { repeatStore } from "../../src/server/storage/repeats.ts";
import { DIALECTS } from "../storage/dialects.ts";
import { startHttpApp } from "../support/http-app.ts";
import { insertUser } from "../support/insert-user.ts";

async function start(beforeAdding: (name: string) => Promise<void> = async () => {}) {
  const [[, open] = []] = DIALECTS;
  const database = await open?.();
  if (!database) throw new Error("No database to test with");
  for (const id of ["ada", "bob"]) await insertUser(database, { id, at: "2026-01-01T00:00:00.000Z" });
  const repeats = createRepeats(repeatStore(database), { jwtSecret: "j".repeat(43) });
  const { ran, ask } = await startHttpApp({ repeats, beforeAdding });
  const add = (key: string, body = '{"name":"x"}', who = "ada") =>
    ask("POST", "/v1/api/things", {
      headers: { "idempotency-key": key, authorization: `Bearer ${who}` },
      body,
    });
  return { ran, ask, add, database };
}

test("W10 the same key is answered with the same bytes, and done once", async () => {
  const { ran, add } = await start();
  const first = await add("k");
  expect(first).toMatchObject({ status: 201, text: '{"name":"x"}' });
  expect(await add("k")).toMatchObject({ status: first.status, text: first.text });
  expect(ran).toEqual(["x"]);
  await add("other");
  expect(ran).toEqual(["x", "x"]);
});

test("W10 another body with the same key is refused, and another user is not concerned", async () => {
  const { ran, add } = await start();
  await add("k");
  expect(await add("k", '{"name":"y"}')).toMatchObject({
    status: 409,
    text: '{"error":"This Idempotency-Key was sent before with another body"}',
  });
  expect(await add("k", '{"name":"y"}', "bob")).toMatchObject({ status: 201, text: '{"name":"y"}' });
  expect(ran).toEqual(["x", "y"]);
});

test("W10 while the first is being answered the second is told so", async () => {
  const [arrived, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { ran, add } = await start(() => {
    arrived.resolve();
    return go.promise;
  });
  const first = add("k");
  await arrived.promise;
  expect(await add("k")).toMatchObject({
    status: 409,
    text: '{"error":"The first request with this Idempotency-Key is still being answered"}',
  });
  go.resolve();
  expect((await first).status).toBe(201);
  expect((await add("k")).status).toBe(201);
  expect(ran).toEqual(["x"]);
});

test.each([
  ["broke", new Error("disk"), 500],
  ["was refused", unavailable("Later"), 503],
])("W10 what %s is no answer to keep, and is done when it is sent again", async (_, trouble, status) => {
  const troubles = [trouble];
  const { ran, add } = await start(async () => {
    const next = troubles.pop();
    if (next) throw next;
  });
  expect((await add("k")).status).toBe(status);
  expect((await add("k")).status).toBe(201);
  expect(ran).toEqual(["x", "x"]);
});

test.each([
  ["is empty", ""],
  ["is too long", "k".repeat(256)],
  ["has other characters", "k\u00e9y"],
  ["has tabs", "a\tb"],
])("W10 a key that %s is refused", async (_, key) => {
  const { ran, add } = await start();
  expect(await add(key)).toMatchObject({
    status: 400,
    text: '{"error":"Idempotency-Key must be 1 to 255 printable ASCII characters"}',
  });
  expect((await add("k".repeat(255))).status).toBe(201);
  expect(ran).toHaveLength(1);
});

test("a wrong body is refused before its key is taken", async () => {
  const { add } = await start();
  expect((await add("k", '{"name":""}')).status).toBe(400);
  expect((await add("k")).status).toBe(201);
});

test("what cannot be repeated takes no notice of a key, and neither is anything kept without one", async () => {
  const { ask, database } = await start();
  const headers = { "idempotency-key": "" };
  expect((await ask("GET", "/v1/api/things", { headers })).status).toBe(200);
  expect((await ask("POST", "/v1/api/things", { body: '{"name":"x"}' })).status).toBe(201);
  expect(await database.read.selectFrom("repeats").selectAll().execute()).toEqual([]);
});

test("nothing of what was sent can be read from what is kept", async () => {
  const { add, database } = await start();
  const body = '{"name":"x","unknown":"canary-7f3a"}';
  const { text } = await add("k", body);
  const [row] = await database.read.selectFrom("repeats").selectAll().execute();
  expect(row).toMatchObject({ user_id: "ada", route: "POST /v1/api/things", status: 201, answer: text });
  expect(row?.body_hash).toMatch(/^[\w-]{43}$/);
  // That one could be found by trying what it might have been.
  expect(row?.body_hash).not.toBe(createHash("sha256").update(body).digest("base64url"));
  expect(JSON.stringify(row)).not.toContain("canary");
});
