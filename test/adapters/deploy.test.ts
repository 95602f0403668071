import { expect, onTestFinished, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { eventually } from "../support/eventually.ts";
import { runEnded } from "../support/run-story.ts";
import { startTestApp } from "../support/test-app.ts";

const namespace = "shop";
const names = ["db", "cache", "web", "worker"];

/** Two config maps, and two more that wait for both of them. */
function design(texts: Record<string, string> = {}): Design {
  const nodes = names.map((name) => ({
    id: name,
    type: "configmap" as const,
    position: { x: 0, y: 0 },
    data: { name, namespace, data: { TEXT: texts[name] ?? "as before" } },
  }));
  const edges = ["web", "worker"].flatMap((target) =>
    ["db", "cache"].map((source) => ({ id: `${source}-${target}`, source, target, type: "dependency" })),
  );
  return { nodes, edges };
}

/** A server, a sandbox of our own whose log can be read, and a drawing that was deployed once. */
async function prepare() {
  const sandbox = await startSandbox({ pace: 0 });
  onTestFinished(() => sandbox.stop());
  const token = sandbox.issue("test");
  const server = await startTestApp();
  const client = await server.signUp();
  const body = { name: "prod", server: sandbox.server, token, insecure: true };
  await client.call(api.addCluster, { body });
  const { id } = await client.call(api.createWorkflow, { body: { name: "Shop", ...design() } });
  const params = { id };
  const ask = (method: string, path: string, sent?: object, type = "application/json") =>
    fetch(sandbox.server + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": type },
      ...(sent && { body: JSON.stringify(sent) }),
    });
  await ask("POST", "/api/v1/namespaces", { metadata: { name: namespace } });

  async function deploy() {
    const from = sandbox.requests.length;
    const { run_id } = await client.call(api.runWorkflow, { params, body: { cluster: "prod" } });
    const run = await runEnded(client, params, run_id);
    const asked = sandbox.requests.slice(from).filter(({ query }) => !query.includes("watch=1"));
    const isWrite = ({ method }: (typeof asked)[0]) => method === "PATCH" || method === "POST";
    const done = asked.filter((each) => isWrite(each) && each.status >= 200 && each.status < 300);
    const nameOf = ({ path }: (typeof asked)[0]) => path.split("/").at(-1) ?? "";
    const isDryRun = ({ query }: (typeof asked)[0]) => query.includes("dryRun");
    return {
      run,
      asked,
      checked: done.filter(isDryRun).map(nameOf),
      applied: done.filter((each) => !isDryRun(each)).map(nameOf),
      read: asked.filter(
        ({ method, path }) => method === "GET" && names.includes(path.split("/").at(-1) ?? ""),
      ),
      struck: asked.filter((each) => isWrite(each) && (each.status === 429 || each.status === 0)),
      wrote: asked.filter(isWrite),
    };
  }
  return {
    sandbox,
    deploy,
    ask,
    /** How many of their kind are known to be in the cluster; it has some of its own. */
    seen: async () => (await client.call(api.listResources, { query: { type: "ConfigMap" } })).total,
    save: (drawn: Design) => client.call(api.saveWorkflow, { params, body: drawn }),
  };
}

test("a deploy asks twice for each object, and reads none of them", async () => {
  const { deploy } = await prepare();
  const { run, checked, applied, read, asked } = await deploy();
  expect(run.status).toBe("completed");
  expect(checked.toSorted()).toEqual(names.toSorted());
  expect(applied.toSorted()).toEqual(names.toSorted());
  expect(applied.slice(0, 2).toSorted()).toEqual(["cache", "db"]);
  expect(read).toEqual([]);
  expect(asked.some(({ path }) => path === `/api/v1/namespaces/${namespace}`)).toBe(false);
});

test("an unchanged drawing is deployed again without a write, by one list of what is there", async () => {
  const { deploy, seen } = await prepare();
  await deploy();
  // What is read after a run is none of the next one's.
  await eventually(async () => (await seen()) >= names.length);
  const { run, asked } = await deploy();
  expect(run.status).toBe("completed");
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET /api/v1/namespaces/${namespace}/configmaps`,
  ]);
  for (const name of names)
    expect(run.node_states[name]?.result?.applied_resources).toMatchObject([{ operation: "unchanged" }]);
});

test("of a changed drawing only what changed is sent", async () => {
  const { deploy, save } = await prepare();
  await deploy();
  await save(design({ cache: "anew" }));
  const { run, checked, applied } = await deploy();
  expect(run.status).toBe("completed");
  expect([checked, applied]).toEqual([["cache"], ["cache"]]);
});

test("what others deleted or changed is looked at anew, and written where that changes something", async () => {
  const { deploy, ask } = await prepare();
  await deploy();
  const path = `/api/v1/namespaces/${namespace}/configmaps`;
  await ask("DELETE", `${path}/db`);
  await ask("PATCH", `${path}/web`, { metadata: { labels: { by: "hand" } } }, "application/merge-patch+json");
  const { run, checked, applied } = await deploy();
  expect(run.status).toBe("completed");
  expect(checked.toSorted()).toEqual(["db", "web"]);
  expect(applied).toEqual(["db"]);
  expect(run.node_states.db?.result?.applied_resources).toMatchObject([{ operation: "created" }]);
});

test("what is struck down on the way is asked again, and nothing is applied twice", async () => {
  const { sandbox, deploy, save } = await prepare();
  await deploy();
  await save(design(Object.fromEntries(names.map((name) => [name, "anew"]))));
  sandbox.faults.rate(0.2, 0.1, 123_457);
  const { run, checked, applied, struck, wrote } = await deploy();
  expect(run.status).toBe("completed");
  expect(new Set(struck.map(({ status }) => status))).toEqual(new Set([0, 429]));
  expect(checked.toSorted()).toEqual(names.toSorted());
  expect(applied.toSorted()).toEqual(names.toSorted());
  expect(wrote).toHaveLength(2 * names.length + struck.length);
});
