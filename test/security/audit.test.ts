import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Operation } from "../../src/contract/operation.ts";
import { toJsonText } from "../../src/core/json-text.ts";
import { newId } from "../../src/server/new-id.ts";
import { startAccounts } from "../support/account-app.ts";
import { newRun } from "../support/new-run.ts";
import { shop, startTestApp } from "../support/test-app.ts";

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

test("L03: credentials, shares, denials, runs, terminals and clusters that go are noted, with who did it", async () => {
  const { signUp, database, storage } = await startTestApp({ env: { ALLOW_PRIVATE_NETWORKS: "true" } });
  const [ada, bob] = [await signUp("Ada"), await signUp("Bob")];
  const params = { name: "prod" };
  const server = "https://127.0.0.1:1";
  await ada.call(api.addCluster, { body: { ...params, server, token: "a-secret-token" } });
  const { id: cluster } = await ada.call(api.getCluster, { params });
  await ada.call(api.shareCluster, { params, body: { targetUserId: bob.user.id, role: "viewer" } });
  await expect(bob.call(api.updateCluster, { params, body: { description: "Mine" } })).rejects.toThrow();
  const { id: workflow_id } = await ada.call(api.createWorkflow, { body: { name: "Shop", ...shop } });
  const at = new Date().toISOString();
  const run = newRun({ id: newId(), workflow_id, owner_id: ada.user.id, started_at: at });
  await storage.runs.start(run, toJsonText(shop));
  const terminal = { user_id: ada.user.id, resource_id: newId(), started_at: at, address: "127.0.0.1" };
  const pod = { namespace: "shop", pod: "one", container: "main", cluster_id: cluster };
  await storage.execSessions.begin({ id: newId(), ...terminal, ...pod });
  await ada.call(api.unshareCluster, { params: { ...params, userId: bob.user.id } });
  await ada.call(api.deleteCluster, { params });

  const rows = await database.read.selectFrom("audit").selectAll().orderBy("action").execute();
  const noted = rows.filter(({ action }) => action !== "sign_in");
  expect(noted.map(({ action, user_id, object }) => [action, user_id, object])).toEqual([
    ["cluster_removed", ada.user.id, cluster],
    ["credentials", ada.user.id, cluster],
    ["denied", bob.user.id, "PUT /v1/api/clusters/prod"],
    ["exec", ada.user.id, terminal.resource_id],
    ["run", ada.user.id, run.id],
    ["share", ada.user.id, `${cluster}/${bob.user.id}`],
    ["unshare", ada.user.id, `${cluster}/${bob.user.id}`],
  ]);
  expect(JSON.stringify(rows)).not.toContain("a-secret-token");
});

test("L03: nothing the API offers reaches what was noted", () => {
  const paths = Object.values<Operation>(api).map(({ path }) => path);
  expect(paths.filter((path) => /audit/.test(path))).toEqual([]);
});
