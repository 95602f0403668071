import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Operation } from "../../src/contract/operation.ts";
import { startAccounts } from "../support/account-app.ts";

test("L03: who signed in, from where, and who was refused, is noted before it is answered", async () => {
  const { ask, signUp, database } = await startAccounts();
  const { email, user } = await signUp();
  await ask("POST", "/auth/login", { body: { email, password: "wrong password" }, from: "127.0.0.9" });
  const rows = await database.read.selectFrom("audit").selectAll().orderBy("id").execute();
  expect(rows).toMatchObject([
    { action: "sign_in", user_id: user.id, result: "done", address: "127.0.0.1" },
    { action: "sign_in", user_id: null, result: "refused", address: "127.0.0.9" },
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/wrong password|correct horse/);
});

test("L03: what an administrator changes is noted by name, and without the code", async () => {
  const { ask, signUp, database, storage } = await startAccounts();
  const { token, user } = await signUp();
  await ask("POST", "/settings/generate-invite-code", { token });
  await ask("PUT", "/settings/regenerate-setting", { token, body: { regenerateAfterSignup: true } });
  const changes = database.read.selectFrom("audit").selectAll().where("action", "=", "admin_change");
  const rows = await changes.orderBy("id").execute();
  expect(rows.map(({ user_id, object }) => [user_id, object])).toEqual([
    [user.id, "invite_code"],
    [user.id, "invite_single_use"],
  ]);
  expect(JSON.stringify(rows)).not.toContain(await storage.settings.find("invite_code"));
});

test("L03: who asks for what they may not do is noted before they are told, and not what they sent", async () => {
  const { ask, signUp, database } = await startAccounts();
  await signUp();
  const { token, user } = await signUp("Bob");
  const body = { regenerateAfterSignup: true, note: "a secret of Bob's" };
  const path = "/settings/regenerate-setting";
  const { status } = await ask("PUT", `${path}?q=hidden`, { token, body, from: "127.0.0.7" });
  expect(status).toBe(403);
  const rows = await database.read.selectFrom("audit").selectAll().where("action", "=", "denied").execute();
  expect(rows).toMatchObject([
    { user_id: user.id, object: `PUT /v1/api${path}`, result: "refused", address: "127.0.0.7" },
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/secret of|hidden/);
});

test("L03: a wrong invite code is noted, and not what it was", async () => {
  const { ask, signUp, database } = await startAccounts();
  await signUp();
  const body = { email: "eve@example.com", password: "correct horse", name: "Eve", inviteCode: "guess" };
  expect((await ask("POST", "/auth/register", { body, from: "127.0.0.8" })).status).toBe(403);
  const rows = await database.read.selectFrom("audit").selectAll().where("action", "=", "denied").execute();
  expect(rows).toMatchObject([{ user_id: null, object: "invite_code", address: "127.0.0.8" }]);
  expect(JSON.stringify(rows)).not.toContain("guess");
});

test("L03: nothing the API offers reaches what was noted", () => {
  const paths = Object.values<Operation>(api).map(({ path }) => path);
  expect(paths.filter((path) => /audit/.test(path))).toEqual([]);
});
