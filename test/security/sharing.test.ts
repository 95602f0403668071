import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import type { Operation } from "../../src/contract/operation.ts";
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
};

/** Operations for known users that touch no cluster at all, or show what of clusters is the caller's. */
const elsewhere = new Set([
  "getProfile",
  "updateProfile",
  "changePassword",
  "logOut",
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
};

const needsDeployed = new Set(["setWorkflowStatus", "cancelRun", "getDrift"]);

type Story = Awaited<ReturnType<typeof prepare>>;

async function prepare() {
  const target = await testCluster();
  const server = await startTestApp();
  const owner = await server.signUp("Ada");
  const guest = await server.signUp("Bob");
  const third = await server.signUp("Cleo");
  return { target, server, owner, guest, third };
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
  if (name === "unshareCluster") await share(owner, cluster, story.third, { role: "viewer" });
  return { caller, ids: { name: cluster, id, runId, userId: story.third.user.id } };
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
  const operation: Operation | undefined = known.find(([each]) => each === name)?.[1];
  if (operation?.type !== "endpoint") throw new Error(`${name} is no endpoint`);
  const path = operation.path.replace(/:(\w+)/g, (_, key: string) => ids[key] ?? "");
  const response = await fetch(server.url + path, {
    method: operation.method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
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
        expect({ status, text }).toMatchObject({ status: 404, text: '{"error":"Cluster not found"}' });
      else expect(status, said).toBe(403);
    }
  },
  60_000,
);

/** Cancelling a run that has ended is a conflict, for those who may cancel it. */
const isDone = (status: number) => status === 200 || status === 409;
