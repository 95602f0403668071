import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import type { Operation } from "../../src/contract/operation.ts";
import { sight } from "../../src/core/resources/seen.ts";
import { newId } from "../../src/server/new-id.ts";
import { eventually } from "../support/eventually.ts";
import { runEnded, shopOfOne } from "../support/run-story.ts";
import { type Given, share, unshare } from "../support/share.ts";
import { testCluster } from "../support/target.ts";
import { startTestApp } from "../support/test-app.ts";

/** What somebody has of a cluster, from nothing to all. `other` is a namespace that the test does not use. */
const everybody = [
  "nobody",
  "viewer",
  "limited viewer",
  "editor",
  "limited editor",
  "admin",
  "limited admin",
  "owner",
] as const;
type Somebody = (typeof everybody)[number];

const editors: Somebody[] = ["editor", "limited editor", "admin", "limited admin", "owner"];
const whole: Somebody[] = ["admin", "owner"];
const anybody = everybody.filter((each) => each !== "nobody");

/** Who may do what in a cluster. Each operation that names one is in here, or this test fails. */
const may: Record<string, readonly Somebody[]> = {
  getCluster: anybody,
  setDefaultCluster: anybody,
  testCluster: anybody,
  refreshCluster: anybody,
  getClusterStatus: anybody,
  getClusterMetrics: anybody,
  getMetricsHistory: anybody,
  getClusterLogs: anybody,
  updateCluster: whole,
  deleteCluster: whole,
  listShares: whole,
  updateClusterCredentials: ["owner"],
  shareCluster: ["owner"],
  unshareCluster: ["owner"],
  planWorkflow: editors,
  runWorkflow: editors,
  setWorkflowStatus: editors,
  // Who was given nothing any more may still end what they began: nothing more is written by it.
  cancelRun: [...editors, "nobody"],
  getDrift: anybody,
  getResource: anybody,
  updateResource: anybody,
  followResource: anybody,
  listResourcePods: anybody,
  getManifest: anybody,
  listResourceEvents: anybody,
  listRelated: anybody,
  listResourceHistory: anybody,
  followLogs: anybody,
  createExecTicket: editors,
  openTerminal: editors,
};

/** Operations for known users that touch no cluster at all, or show what of clusters is the caller's. */
const elsewhere = new Set([
  "getProfile",
  "updateProfile",
  "changePassword",
  "logOut",
  "listSessions",
  "endSession",
  "endOtherSessions",
  "listNotifications",
  "countUnread",
  "followNotifications",
  "readNotification",
  "readAllNotifications",
  "deleteNotification",
  "deleteReadNotifications",
  "listSecretValues",
  "addCluster",
  "listClusters",
  "getDefaultCluster",
  "createWorkflow",
  "listWorkflows",
  "getWorkflow",
  "updateWorkflow",
  "deleteWorkflow",
  "saveWorkflow",
  "cloneWorkflow",
  "listRuns",
  "getRun",
  "followWorkflow",
  "listVersions",
  "getVersion",
  "createVersion",
  "updateVersion",
  "restoreVersion",
  "compareVersions",
  "followEvents",
  "listResources",
  "syncResources",
  "getDashboardStats",
  "listRecentWorkflows",
  "listTemplates",
  "listStacks",
  "search",
]);

const known = Object.entries<Operation>(api).filter(([, { access }]) => access === "user");

test("Z05 every operation says who may do it in a cluster, or that it touches none", () => {
  const unsaid = known.map(([name]) => name).filter((name) => !(name in may) && !elsewhere.has(name));
  expect(unsaid).toEqual([]);
});

const given: Record<Exclude<Somebody, "nobody" | "owner">, Given["role"]> = {
  viewer: "viewer",
  "limited viewer": "viewer",
  editor: "editor",
  "limited editor": "editor",
  admin: "admin",
  "limited admin": "admin",
};

const absent = "0123456789abcdef01234567";

/** Bodies that are right, so that nothing but the right to send them is in question. */
const bodies: Record<string, (story: Story) => unknown> = {
  updateCluster: () => ({ description: "Changed" }),
  updateClusterCredentials: ({ target }) => target.addBody,
  shareCluster: ({ third }) => ({ targetUserId: third.user.id, role: "viewer" }),
  planWorkflow: ({ target }) => ({ namespace: target.namespace }),
  runWorkflow: ({ target }) => ({ namespace: target.namespace }),
  setWorkflowStatus: () => ({ status: "archived" }),
  updateResource: () => ({ userNotes: "Seen" }),
  createExecTicket: () => ({}),
};

const needsDeployed = new Set(["setWorkflowStatus", "cancelRun", "getDrift"]);

type Target = Awaited<ReturnType<typeof testCluster>>;
type Story = Awaited<ReturnType<typeof prepare>>;

async function prepare() {
  const target = await testCluster();
  const server = await startTestApp();
  const owner = await server.signUp("Ada");
  const guest = await server.signUp("Bob");
  const third = await server.signUp("Cleo");
  let name: Promise<string> | undefined;
  /** Made when it is first asked for. */
  function pod(): Promise<string> {
    name ??= runPod(target);
    return name;
  }
  return { target, server, owner, guest, third, pod };
}

/** A cluster of the owner's, and a workflow of somebody's who has as much of it as is said. */
async function arrange(story: Story, name: string, somebody: Somebody) {
  const { target, owner, guest } = story;
  const cluster = `c-${everybody.indexOf(somebody)}`;
  const { id: cluster_id } = await owner.call(api.addCluster, { body: { ...target.addBody, name: cluster } });
  const caller = somebody === "owner" ? owner : guest;
  const design = withNames(shopOfOne(target.program("web")), cluster);
  const body = { name: "Shop", cluster_id, ...design };
  const { id } = await caller.call(api.createWorkflow, { body });
  let runId = absent;
  if (needsDeployed.has(name)) {
    if (somebody !== "owner") await share(owner, cluster, guest, { role: "editor" });
    const params = { id };
    runId = (await caller.call(api.runWorkflow, { params, body: { namespace: target.namespace } })).run_id;
    await runEnded(caller, params, runId);
    if (somebody === "nobody") await unshare(owner, cluster, guest);
  }
  if (somebody !== "owner" && somebody !== "nobody") {
    const namespaces = somebody.startsWith("limited") ? [target.namespace] : [];
    await share(owner, cluster, guest, { role: given[somebody], namespaces });
  }
  if (operationOf(name).path.startsWith("/v1/api/resources/")) {
    const resource_id = await seePod(story, cluster_id);
    return { caller, ids: { id: resource_id } };
  }
  if (name === "unshareCluster") await share(owner, cluster, story.third, { role: "viewer" });
  return { caller, ids: { name: cluster, id, runId, userId: story.third.user.id } };
}

/** A pod of the test's namespace that is there for as long as the test. */
async function runPod({ api: call, namespace, program }: Target): Promise<string> {
  const name = "looked-at";
  const containers = [{ name: "main", image: program("web").image }];
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name }, spec: { containers } };
  const path = `/api/v1/namespaces/${namespace}/pods`;
  await call("POST", path, pod);
  const isRunning = async () =>
    ((await call("GET", `${path}/${name}`)) as { status?: { phase?: string } }).status?.phase === "Running";
  await eventually(isRunning, 60_000);
  return name;
}

/** The pod as it is known in one of the clusters that all are the same. */
async function seePod({ target, server, pod }: Story, cluster_id: string): Promise<string> {
  const live = await target.find("v1", "pods", await pod());
  if (!live) throw new Error("The pod has gone");
  const id = newId();
  const seen = [sight({ ...live, apiVersion: "v1", kind: "Pod" })];
  const report = { cluster_id, api_group: "", kind: "Pod", seen, gone: [], at: new Date().toISOString() };
  await server.storage.resources.record({ ...report, newId: () => id });
  return id;
}

/** One name cannot be deployed by two workflows. */
function withNames(design: Design, prefix: string): Design {
  const nodes = design.nodes.map((node) => ({
    ...node,
    data: { ...node.data, name: `${prefix}-${node.data.name}` },
  }));
  return { ...design, nodes };
}

async function ask(
  { server }: Story,
  token: string,
  name: string,
  ids: Record<string, string>,
  body: unknown,
) {
  const operation = operationOf(name);
  const path = operation.path.replace(/:(\w+)/g, (_, key: string) => ids[key] ?? "");
  const enough = new AbortController();
  const response = await fetch(server.url + path, {
    method: operation.type === "endpoint" ? operation.method : "GET",
    signal: enough.signal,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  // A stream that has begun has no end of its own.
  const isStream = operation.type === "stream" && response.status === 200;
  const text = isStream ? "" : await response.text();
  enough.abort();
  return { status: response.status, text };
}

function operationOf(name: string): Operation {
  const operation = known.find(([each]) => each === name)?.[1];
  if (!operation) throw new Error(`There is no ${name}`);
  return operation;
}

test.each(Object.keys(may))(
  "Z05 %s is for those who may, and for nobody else",
  async (name) => {
    const story = await prepare();
    for (const somebody of everybody) {
      const { caller, ids } = await arrange(story, name, somebody);
      const { status, text } = await ask(story, caller.token, name, ids, bodies[name]?.(story));
      const said = `${somebody}: ${text}`;
      if (may[name]?.includes(somebody)) expect(isDone(status), said).toBe(true);
      else if (somebody === "nobody")
        expect({ status, text }, said).toMatchObject({ status: 404, text: expect.stringMatching(unfound) });
      else expect(status, said).toBe(403);
    }
  },
  60_000,
);

const unfound = /^\{"error":"(Cluster|Resource) not found"\}$/;

/**
 * Cancelling a run that has ended is a conflict for those who may cancel it, a pod has no pods of its own, and who may
 * open a terminal is told to speak WebSocket.
 */
const isDone = (status: number) => [200, 201, 400, 409, 426].includes(status);
