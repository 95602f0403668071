import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { eventually } from "../support/eventually.ts";
import { testCluster } from "../support/target.ts";
import { startTestApp } from "../support/test-app.ts";

const { CLUSTER_HOME, XDG_CACHE_HOME = join(homedir(), ".cache"), PATH = "" } = process.env;
const bin = join(CLUSTER_HOME ?? join(XDG_CACHE_HOME, "orrery-cluster"), "bin");

/** What `kubectl top nodes` prints, added up: thousandths of processors, and whole mebibytes. */
async function top(kubeconfig: string) {
  const options = { env: { ...process.env, PATH: [bin, PATH].join(delimiter) } };
  const asked = ["--kubeconfig", kubeconfig, "top", "nodes", "--no-headers"];
  const { stdout } = await promisify(execFile)("kubectl", asked, options);
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => line.split(/\s+/));
  const sum = (column: number, unit: RegExp) =>
    rows.reduce((total, row) => total + Number((row[column] ?? "").replace(unit, "")), 0);
  return { nodes: rows.length, cpu: sum(1, /m$/), mebibytes: sum(3, /Mi$/) };
}

test("what a cluster is said to use is what kubectl says it uses", async () => {
  const cluster = await testCluster();
  const kubeconfig = cluster.kubeconfigFile ?? "";
  const server = await startTestApp();
  const ada = await server.signUp();
  let attempt = 0;

  const seen = await eventually(async () => {
    // Each time another cluster, since figures are kept for a while; and only figures that were the same before and after.
    attempt += 1;
    const name = `real-${attempt}`;
    await ada.call(api.addCluster, { body: { ...cluster.addBody, name } });
    const before = await top(kubeconfig);
    const metrics = await ada.call(api.getClusterMetrics, { params: { name } });
    const after = await top(kubeconfig);
    return JSON.stringify(before) === JSON.stringify(after) ? { said: before, metrics } : undefined;
  }, 60_000);

  const { said, metrics } = seen;
  expect(metrics.metricsAvailable).toBe(true);
  expect(said.cpu).toBeGreaterThan(0);
  expect(metrics.nodeCount).toBe(said.nodes);
  expect(metrics.resources.cpu.used).toBe(said.cpu);
  // It says whole mebibytes of each node.
  const mebibytes = metrics.resources.memory.used / 2 ** 20;
  expect(mebibytes).toBeGreaterThanOrEqual(said.mebibytes);
  expect(mebibytes).toBeLessThan(said.mebibytes + said.nodes);
}, 90_000);
