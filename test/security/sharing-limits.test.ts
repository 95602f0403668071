import { expect, onTestFinished, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import { eventually } from "../support/eventually.ts";
import { refused } from "../support/refusals.ts";
import { runEnded, shopOfOne, withData } from "../support/run-story.ts";
import { type Given, share, unshare } from "../support/share.ts";
import { testCluster } from "../support/target.ts";
import { startTestApp } from "../support/test-app.ts";

const prod = { params: { name: "prod" } };

/** A cluster of Ada's that Bob was given something of, and a workflow of Bob's. */
async function prepare(given?: Given | ((namespace: string) => Given)) {
  const target = await testCluster();
  const server = await startTestApp();
  const ada = await server.signUp("Ada");
  const bob = await server.signUp("Bob");
  await ada.call(api.addCluster, { body: { ...target.addBody, name: "prod" } });
  const role = typeof given === "function" ? given(target.namespace) : given;
  if (role) await share(ada, "prod", bob, role);
  const design = shopOfOne(target.program("web"));
  const { id } = await bob.call(api.createWorkflow, { body: { name: "Shop", ...design } });
  const params = { id };
  const body = { cluster: "prod", namespace: target.namespace };
  return {
    ...{ target, server, ada, bob, design, params },
    save: (changed: Design) => bob.call(api.saveWorkflow, { params, body: changed }),
    plan: (over: object = {}) => bob.call(api.planWorkflow, { params, body: { ...body, ...over } }),
    start: (over: object = {}) => bob.call(api.runWorkflow, { params, body: { ...body, ...over } }),
  };
}

const limited = (namespace: string): Given => ({ role: "editor", namespaces: [namespace] });

test.each([
  ["no role", { role: undefined }, 400],
  ["a role that is none", { role: "owner" }, 400],
  ["a namespace that is no name", { role: "viewer", namespaces: ["No Such"] }, 400],
  ["nobody named", { role: "viewer", targetUserId: undefined }, 400],
  ["an id that is none", { role: "viewer", targetUserId: "nope" }, 400],
  ["somebody who is not there", { role: "viewer", targetUserId: "0123456789abcdef01234567" }, 404],
  ["an address that nobody has", { role: "viewer", targetUserId: undefined, email: "x@example.com" }, 404],
])("Z05 sharing with %s is refused", async (_, over, status) => {
  const { ada, bob } = await prepare();
  const body = { targetUserId: bob.user.id, ...over } as never;
  await expect(ada.call(api.shareCluster, { ...prod, body })).rejects.toMatchObject(refused(status));
  expect((await ada.call(api.listShares, prod)).shares).toEqual([]);
});

test("Z05 a cluster is shared with everybody but its owner, by id or address, and once more changes what was given", async () => {
  const { ada, bob } = await prepare();
  const own = { targetUserId: ada.user.id, role: "viewer" as const };
  await expect(ada.call(api.shareCluster, { ...prod, body: own })).rejects.toMatchObject(refused(400));
  const email = ` ${bob.user.email.toUpperCase()} `;
  const body = { user_email: email, role: "editor" as const, namespaces: ["b", "a", "b"] };
  expect(await ada.call(api.shareCluster, { ...prod, body })).toEqual({
    message: "Cluster shared successfully",
    cluster: "prod",
  });
  const share = { userId: bob.user.id, name: "Bob", email: bob.user.email };
  expect((await ada.call(api.listShares, prod)).shares).toMatchObject([
    { ...share, role: "editor", namespaces: ["a", "b"] },
  ]);
  await ada.call(api.shareCluster, { ...prod, body: { user_id: bob.user.id, role: "viewer" } });
  expect((await ada.call(api.listShares, prod)).shares).toMatchObject([
    { ...share, role: "viewer", namespaces: [] },
  ]);
});

test("Z05 a shared cluster is listed with what was given, may be the default, and stops being both", async () => {
  const { ada, bob } = await prepare({ role: "viewer", namespaces: ["shop"] });
  const { clusters, total } = await bob.call(api.listClusters, {});
  expect(total).toBe(1);
  expect(clusters[0]).toMatchObject({ name: "prod", shared: true, role: "viewer", namespaces: ["shop"] });
  expect(clusters[0]?.metadata.namespaces).toEqual([]);
  expect(await ada.call(api.getCluster, prod)).toMatchObject({
    shared: false,
    role: "owner",
    namespaces: [],
  });
  await bob.call(api.setDefaultCluster, prod);
  expect(await bob.call(api.getDefaultCluster, {})).toMatchObject({ name: "prod", default: true });
  const userId = bob.user.id;
  await bob.call(api.unshareCluster, { params: { name: "prod", userId } });
  await expect(bob.call(api.getDefaultCluster, {})).rejects.toMatchObject(refused(404));
  expect(await bob.call(api.listClusters, {})).toMatchObject({ clusters: [], total: 0, default: "" });
  const again = ada.call(api.unshareCluster, { params: { name: "prod", userId } });
  await expect(again).rejects.toMatchObject(refused(404, "Share not found"));
});

test("Z06 a name is one's own cluster first, and what it hides is found by its id", async () => {
  const { ada, bob, target } = await prepare({ role: "editor" });
  const { id } = await ada.call(api.getCluster, prod);
  const own = await bob.call(api.addCluster, { body: { ...target.addBody, name: "prod" } });
  expect(await bob.call(api.getCluster, prod)).toMatchObject({ id: own.id, shared: false });
  expect(await bob.call(api.getCluster, { params: { name: id } })).toMatchObject({ id, shared: true });
});

test.each([
  ["another server", { server: "https://10.0.0.1" }],
  ["another token", { token: "mine" }],
  ["the credentials themselves", { credentials: { token: "mine" } }],
  ["another way in", { authType: "certificate" }],
  ["its certificate verified, or not", { insecure: undefined }],
])("C08 who manages a shared cluster does not repoint it: %s", async (_, body) => {
  const { bob, ada } = await prepare({ role: "admin" });
  const { insecure } = await bob.call(api.getCluster, prod);
  const changed = "insecure" in body ? { insecure: !insecure } : body;
  const changing = bob.call(api.updateCluster, { ...prod, body: changed as never });
  await expect(changing).rejects.toMatchObject(refused(403, "Only the owner of this cluster may do this"));
  expect(await ada.call(api.testCluster, prod)).toMatchObject({ status: "healthy" });
});

test("Z05 a namespace that was not given is 403 with its name, and the cluster is asked nothing", async () => {
  const { plan, start, save, design, target, bob, params } = await prepare(limited);
  const words = "Your access to this cluster does not include the namespace";
  for (const ask of [plan, start])
    await expect(ask({ namespace: "default" })).rejects.toMatchObject(refused(403, `${words} default`));
  await save(withData(design, "door", { namespace: "kube-system" }));
  for (const ask of [plan, start])
    await expect(ask()).rejects.toMatchObject(refused(403, `${words} kube-system`));
  expect((await bob.call(api.listRuns, { params })).total).toBe(0);
  expect(await target.writes()).toEqual([]);
});

const pod = (spec: object) => ({ overlay: { spec: { template: { spec } } } });
const container = (more: object) => pod({ containers: [{ name: "web", ...more }] });

test.each([
  ["a hostPath", pod({ volumes: [{ name: "root", hostPath: { path: "/" } }] }), "it mounts a hostPath"],
  ["the network of the host", pod({ hostNetwork: true }), "it sets hostNetwork"],
  ["the processes of the host", pod({ hostPID: true }), "it sets hostPID"],
  [
    "a privileged container",
    container({ securityContext: { privileged: true } }),
    "it runs a privileged container",
  ],
  [
    "more rights",
    container({ securityContext: { capabilities: { add: ["SYS_ADMIN"] } } }),
    "it adds the capabilities SYS_ADMIN",
  ],
])("Z05 W06 who was given a namespace does not get at the machine: %s", async (_, overlay, reason) => {
  const { plan, start, save, design, target, ada, bob } = await prepare(limited);
  await save(withData(design, "web", overlay));
  const name = JSON.stringify((await plan().catch((error) => error)).message);
  expect(name).toContain(reason);
  for (const ask of [plan, start]) await expect(ask()).rejects.toMatchObject(refused(403));
  expect(await target.writes()).toEqual([]);
  // The whole cluster is for those who have it.
  await share(ada, "prod", bob, { role: "editor" });
  expect((await plan()).counts.create).toBe(2);
});

const manifest = (apiVersion: string, kind: string, more: object = {}) => ({
  nodes: [
    {
      id: "n",
      type: "object",
      position: { x: 0, y: 0 },
      data: { manifest: { apiVersion, kind, metadata: { name: "mine" }, ...more } },
    },
  ],
  edges: [],
});

test.each([
  ["Namespace", manifest("v1", "Namespace"), "it belongs to no namespace"],
  [
    "ClusterRole",
    manifest("rbac.authorization.k8s.io/v1", "ClusterRole", { rules: [] }),
    "it belongs to no namespace",
  ],
  [
    "Role",
    manifest("rbac.authorization.k8s.io/v1", "Role", { rules: [] }),
    "what may be done in a namespace",
  ],
  ["ResourceQuota", manifest("v1", "ResourceQuota", { spec: {} }), "what may be done in a namespace"],
])("Z05 who was given a namespace makes no %s", async (_, design, reason) => {
  const { plan, start, save, target } = await prepare(limited);
  await save(design);
  for (const ask of [plan, start]) {
    const error = await ask().catch((refusal) => refusal);
    expect(error).toMatchObject({ status: 403 });
    expect(error.message).toContain(reason);
  }
  expect(await target.writes()).toEqual([]);
});

test("Z05 a namespace that is missing is not made by who was given it alone", async () => {
  const { plan, ada, bob } = await prepare();
  await share(ada, "prod", bob, { role: "editor", namespaces: ["not-there-yet"] });
  const error = await plan({ namespace: "not-there-yet" }).catch((refusal) => refusal);
  expect(error).toMatchObject({ status: 403 });
  expect(error.message).toContain("Namespace “not-there-yet”: it belongs to no namespace");
});

/** Follows in the background; answers with the reason it was ended for. */
function follow({ bob, params }: Pick<Awaited<ReturnType<typeof prepare>>, "bob" | "params">) {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const told: { begun: boolean; reason?: string } = { begun: false };
  void (async () => {
    for await (const event of bob.follow(api.followWorkflow, { params }, leaving.signal)) {
      told.begun = true;
      if (event.name === "end") told.reason = event.data.reason;
    }
  })().catch(() => undefined);
  return told;
}

/** Something of Ada's own in the same namespace. */
async function deployOther({ ada, target }: Awaited<ReturnType<typeof prepare>>) {
  const drawn = shopOfOne(target.program("web"));
  const named = withData(withData(drawn, "web", { name: "adas-web" }), "door", { name: "adas-door" });
  const { id } = await ada.call(api.createWorkflow, { body: { name: "Other", ...named } });
  const body = { cluster: "prod", namespace: target.namespace };
  const { run_id } = await ada.call(api.runWorkflow, { params: { id }, body });
  await runEnded(ada, { id }, run_id);
  return { id };
}

test("Z05 taking access away ends what is open on it at once, says why, and tells no more of it", async () => {
  const story = await prepare(limited);
  const { ada, bob, params, target } = story;
  await runEnded(bob, params, (await story.start()).run_id);
  const adas = await deployOther(story);
  const told = follow(story);
  await eventually(() => told.begun);
  await unshare(ada, "prod", bob);
  await eventually(() => told.reason === "access_revoked", 5_000);
  const statusOf = async (who: typeof ada, of: { id: string }) =>
    (await who.call(api.getWorkflow, { params: of })).nodes.find(({ id }) => id === "web")?.data._status;
  const before = await statusOf(bob, params);
  const deployments = `/apis/apps/v1/namespaces/${target.namespace}/deployments`;
  for (const name of ["web", "adas-web"]) await target.api("DELETE", `${deployments}/${name}`);
  // What happened later to hers is known by now, so that what happened to his would be.
  const isMissing = expect.objectContaining({ state: "missing" });
  await eventually(async () => isMissing.asymmetricMatch(await statusOf(ada, adas)), 10_000);
  expect(await statusOf(bob, params)).toEqual(before);
  const again = follow(story);
  await eventually(() => again.begun);
  await expect(bob.call(api.getDrift, { params })).rejects.toMatchObject(refused(404, "Cluster not found"));
});

test("Z05 access taken away elsewhere ends what is open within five seconds", async () => {
  const story = await prepare(limited);
  const { ada, bob, params, server } = story;
  await runEnded(bob, params, (await story.start()).run_id);
  const told = follow(story);
  await eventually(() => told.begun);
  const { id } = await ada.call(api.getCluster, prod);
  // As another server on the same database would.
  await server.storage.shares.take(id, bob.user.id, { by: ada.user.id, at: new Date().toISOString() });
  await eventually(() => told.reason === "access_revoked", 5_000);
});

test("Z05 a run whose access is taken away ends with the reason, and writes nothing more", async () => {
  const story = await prepare(limited);
  const { ada, bob, params, target, design, save } = story;
  const never = { readinessProbe: { exec: { command: ["false"] }, periodSeconds: 1 } };
  const late = { podAnnotations: { "sandbox.orrery.dev/ready-after-ms": "40000" } };
  await save(withData(design, "web", { ...target.program("web"), ...never, ...late, env: {} }));
  const { run_id } = await story.start();
  await eventually(async () => (await target.writes()).length === 2, 20_000);
  await unshare(ada, "prod", bob);
  const run = await runEnded(bob, params, run_id);
  expect(run).toMatchObject({ status: "failed", outcome: "partial" });
  expect(run.error).toContain("Access to the cluster was taken away while the run was under way");
  const record = await bob.call(api.getRun, { params: { ...params, runId: run_id } });
  expect(record.result).toMatchObject([{ state: "new" }, { state: "new" }]);
  expect(await target.writes()).toHaveLength(2);
});
