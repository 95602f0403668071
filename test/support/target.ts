import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { onTestFinished } from "vitest";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { openAuditLog, type Write } from "./audit-log.ts";
import { kubernetesClient, wayOf } from "./kubernetes-client.ts";

const { TEST_KUBECONFIG, TEST_AUDIT_LOG, TEST_IMAGE, TEST_SHELL_IMAGE } = process.env;
const program = TEST_IMAGE ?? "127.0.0.1:5000/app:1";
const ours = encodeURIComponent("app.kubernetes.io/managed-by=orrery");

const images = (repository: string) => ({
  repository,
  first: `${repository}:1`,
  second: `${repository}:2`,
  missing: `${repository}:does-not-exist`,
});

/** A program that serves HTTP on 8080 wherever tests run, the same under another tag, and a tag that never was. */
export const serving = images(TEST_KUBECONFIG ? program.replace(/:[^:/]*$/, "") : "acme/api");

/** The cluster of one test: the sandbox, or with TEST_KUBECONFIG that one, with a namespace of the test's own. */
export async function testCluster() {
  const target = await (TEST_KUBECONFIG ? realTarget(TEST_KUBECONFIG) : sandboxTarget());
  const { api, ask, find, close } = target.client;
  const namespace = `test-${randomBytes(4).toString("hex")}`;
  const core = "/api/v1/namespaces";
  await api("POST", core, { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  onTestFinished(async () => {
    await ask("DELETE", `${core}/${namespace}`);
    await close();
    await target.stop();
  });
  const at = (apiVersion: string, plural: string) =>
    `${apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`}/namespaces/${namespace}/${plural}`;

  return {
    ...target.described,
    namespace,
    api,
    ask,
    /** Such an image never was, in any registry. */
    missingImage: "registry.invalid/does-not-exist:1",
    /** What a node needs to be a program that runs here: one that serves HTTP on 8080, or one that ends well after a second. */
    program: (sort: "web" | "job") => ({
      image: target.described.image(sort),
      ...(sort === "job" && { env: { JOB: "1" } }),
    }),
    /** One object of the test's namespace as it is. */
    find: (apiVersion: string, plural: string, name: string) => find(`${at(apiVersion, plural)}/${name}`),
    /** The objects of the test's namespace that the product made. */
    async listOwn(apiVersion: string, plural: string): Promise<KubernetesObject[]> {
      const list = await api("GET", `${at(apiVersion, plural)}?labelSelector=${ours}`);
      return (list as { items: KubernetesObject[] }).items;
    },
    /** How often the product has begun to watch all of a kind; of a cluster that does not tell, nothing. */
    watches: target.watches,
    /** The writes of the product in the test's namespace so far, or in another one, in their order. */
    async writes(where = namespace): Promise<Write[]> {
      const all = await target.writes();
      return all.filter(({ path }) => `${path}/`.includes(`/namespaces/${where}/`));
    },
  };
}

async function sandboxTarget() {
  const sandbox = await startSandbox({ pace: 0.05 });
  const token = sandbox.issue("test");
  const { server } = sandbox;
  return {
    described: {
      kind: "sandbox" as const,
      name: "simulated",
      addBody: { name: "simulated", server, token, insecure: true },
      image: (name: string) => `${name}:1`,
      shellImage: "busybox:1.37",
      bareImage: "scratch:1",
      kubeconfigFile: undefined,
      way: { server, token },
    },
    client: kubernetesClient({ server, token }),
    writes: async () =>
      sandbox.requests.filter(isWrite).map(({ at, method, path }): Write => ({ at, method, path })),
    watches: (plural: string) =>
      sandbox.requests.filter(
        ({ path, query }) => path.endsWith(`/${plural}`) && new URLSearchParams(query).has("watch"),
      ).length,
    stop: () => sandbox.stop(),
  };
}

async function realTarget(kubeconfigFile: string) {
  const kubeconfig = await readFile(kubeconfigFile, "utf8");
  const way = wayOf(kubeconfig);
  const audit = await openAuditLog(TEST_AUDIT_LOG);
  return {
    described: {
      kind: "real" as const,
      name: "real",
      addBody: { name: "real", auth_type: "kubeconfig" as const, kubeconfig },
      image: (_name: string) => program,
      bareImage: program,
      shellImage: TEST_SHELL_IMAGE ?? "127.0.0.1:5000/busybox:1",
      kubeconfigFile,
      way,
    },
    client: kubernetesClient(way),
    writes: audit.writes,
    watches: (_plural: string) => undefined,
    stop: async () => undefined,
  };
}

interface Request {
  method: string;
  path: string;
  query: string;
}

function isWrite({ method, query }: Request): boolean {
  const asked = new URLSearchParams(query);
  return method !== "GET" && asked.get("by") !== "test" && !asked.has("dryRun");
}
