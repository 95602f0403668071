import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { clusterOperations as api } from "../../src/contract/clusters.ts";
import { resealClusters } from "../../src/server/features/clusters/cluster-needs.ts";
import { createSealing } from "../../src/server/secrets/sealing.ts";
import { type ClusterApp, startClusterApp } from "../support/cluster-app.ts";
import { listenHttp, smallCluster } from "../support/hostile-server.ts";
import { refused } from "../support/refusals.ts";

const key = () => randomBytes(32).toString("base64");
const place = { table: "clusters", row: "a", owner: "ada", field: "credentials" };

test("C09 what is sealed opens in its own place, and reads otherwise each time", () => {
  const sealing = createSealing(key());
  const sealed = sealing.seal("let me in ✓", place);
  expect(sealing.open(sealed, place)).toBe("let me in ✓");
  expect(sealing.seal("let me in ✓", place)).not.toBe(sealed);
  expect(sealed).not.toContain("let me in");
});

test.each(["table", "row", "owner", "field"])("C09 moved to another %s it stays shut", (part) => {
  const sealing = createSealing(key());
  const sealed = sealing.seal("secret", place);
  expect(() => sealing.open(sealed, { ...place, [part]: "other" })).toThrow();
});

test("C09 places that read alike when joined are still two places", () => {
  const sealing = createSealing(key());
  const sealed = sealing.seal("secret", { ...place, row: "a", owner: "b,c" });
  expect(() => sealing.open(sealed, { ...place, row: "a,b", owner: "c" })).toThrow();
});

test("C09 no part of a sealed text can be changed, cut or taken from another unnoticed", () => {
  const sealing = createSealing(key());
  const parts = sealing.seal("secret", place).split(".");
  const others = sealing.seal("another", place).split(".");
  parts.forEach((part, at) => {
    const flipped = (part.startsWith("A") ? "B" : "A") + part.slice(1);
    for (const wrong of [flipped, part.slice(0, -4), "", at > 1 ? (others[at] ?? "") : "x"])
      expect(() => sealing.open(parts.with(at, wrong).join("."), place), `${at}: ${wrong}`).toThrow();
  });
  for (const nothing of ["", "v1", "plain text", JSON.stringify({ token: "x" })])
    expect(() => sealing.open(nothing, place)).toThrow();
});

test("C09 another key opens nothing; the previous one opens, and is to be sealed anew", () => {
  const [before, after] = [key(), "a passphrase that is long enough"];
  const sealed = createSealing(before).seal("secret", place);
  expect(() => createSealing(after).open(sealed, place)).toThrow(/key/);
  const rotated = createSealing(after, before);
  expect(rotated.open(sealed, place)).toBe("secret");
  expect(rotated.needsResealing(sealed)).toBe(true);
  expect(rotated.needsResealing(rotated.seal("secret", place))).toBe(false);
});

test("C09 a passphrase makes the same key on every server, and a key is taken as it is", () => {
  const sealed = createSealing("correct horse battery staple").seal("secret", place);
  expect(createSealing("correct horse battery staple").open(sealed, place)).toBe("secret");
  const bytes = randomBytes(32);
  const plain = createSealing(bytes.toString("base64")).seal("secret", place);
  expect(createSealing(bytes.toString("base64url")).open(plain, place)).toBe("secret");
});

const holder = { workflow_id: "w", node_id: "keys", key: "PASSWORD" };

test("W07 a value has one hash with its holder, and another with every other holder and key", () => {
  const [before, after] = [key(), key()];
  const hashes = createSealing(before).valueHashes("canary-7f3a", holder);
  expect(hashes).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
  expect(createSealing(before).valueHashes("canary-7f3a", holder)).toEqual(hashes);
  const others = [
    ...Object.keys(holder).map((part) => ({ ...holder, [part]: "other" })),
    { ...holder, node_id: "keysP", key: "ASSWORD" },
  ];
  for (const other of others)
    expect(createSealing(before).valueHashes("canary-7f3a", other)).not.toEqual(hashes);
  expect(createSealing(before).valueHashes("canary-7f3b", holder)).not.toEqual(hashes);
  expect(createSealing(after).valueHashes("canary-7f3a", holder)).not.toEqual(hashes);
});

test("W07 after the key was changed the hash by the one before is known too", () => {
  const [before, after] = [key(), key()];
  const [old] = createSealing(before).valueHashes("canary-7f3a", holder);
  const [present] = createSealing(after).valueHashes("canary-7f3a", holder);
  expect(createSealing(after, before).valueHashes("canary-7f3a", holder)).toEqual([present, old]);
});

async function twoClusters(app: ClusterApp) {
  const ada = await app.signUp();
  const cluster = await listenHttp(smallCluster(() => true));
  const add = (name: string) =>
    ada.call(api.addCluster, {
      body: { name, server: cluster.server, token: `${name}-token`, insecure: true },
    });
  const [one, two] = [await add("one"), await add("two")];
  const sealedOf = async (id: string) => (await app.clusters.find(id))?.credentials ?? "";
  return { ...ada, cluster, one, two, sealedOf };
}

test("C09 swapped ciphertexts fail closed, and break no list", async () => {
  const app = await startClusterApp();
  const { call, cluster, one, two, sealedOf } = await twoClusters(app);
  await app.clusters.update(one.id, { credentials: await sealedOf(two.id) });
  const before = cluster.requests.length;
  const sentence = "The stored credentials cannot be opened: give them again";
  await expect(call(api.testCluster, { params: { name: "one" } })).rejects.toMatchObject(
    refused(503, sentence),
  );
  expect(cluster.requests.length).toBe(before);
  const { clusters } = await call(api.listClusters, { query: { sort: "name", order: "asc" } });
  expect(clusters.map(({ name, status, warning }) => [name, status, warning])).toEqual([
    ["one", "error", sentence],
    ["two", "connected", undefined],
  ]);

  const body = { token: "one-token", insecure: true };
  await call(api.updateClusterCredentials, { params: { name: "one" }, body });
  expect(await call(api.testCluster, { params: { name: "one" } })).toMatchObject({ status: "healthy" });
});

test("C09 a row whose server was changed in the database is still called where it was", async () => {
  const app = await startClusterApp();
  const { call, cluster, one } = await twoClusters(app);
  const thief = await listenHttp(smallCluster(() => true));
  await app.clusters.update(one.id, { server: thief.server });
  const before = cluster.requests.length;
  await call(api.testCluster, { params: { name: "one" } });
  expect(cluster.requests.length).toBeGreaterThan(before);
  expect(thief.connections()).toBe(0);
});

test("C09 rotation seals all anew while clusters are used, without an error", async () => {
  const app = await startClusterApp();
  const { call, one, two, sealedOf } = await twoClusters(app);
  const before = [await sealedOf(one.id), await sealedOf(two.id)];
  const sealing = createSealing(key(), app.config.encryptionKey);
  Object.assign(app.needs.sealing, sealing);
  const tests = ["one", "two", "one", "two"].map((name) => call(api.testCluster, { params: { name } }));
  await Promise.all([resealClusters(app.needs), ...tests]);
  const after = [await sealedOf(one.id), await sealedOf(two.id)];
  expect(before.map(sealing.needsResealing)).toEqual([true, true]);
  expect(after.map(sealing.needsResealing)).toEqual([false, false]);
  for (const name of ["one", "two"])
    expect(await call(api.testCluster, { params: { name } })).toMatchObject({ status: "healthy" });
});
