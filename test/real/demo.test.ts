import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { testCluster } from "../support/target.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** What the demo makes: API version and plural of each kind. */
const made = [
  ["apps/v1", "deployments", 4],
  ["v1", "services", 3],
  ["networking.k8s.io/v1", "ingresses", 1],
  ["v1", "configmaps", 1],
  ["v1", "secrets", 1],
  ["v1", "persistentvolumeclaims", 1],
  ["apps/v1", "statefulsets", 1],
  ["batch/v1", "jobs", 1],
  ["batch/v1", "cronjobs", 1],
  ["apps/v1", "daemonsets", 1],
  ["autoscaling/v2", "horizontalpodautoscalers", 1],
  ["networking.k8s.io/v1", "networkpolicies", 1],
] as const;

test("the demo deploys all twelve kinds to a real cluster, and a second one changes nothing", async () => {
  const cluster = await testCluster();
  if (!cluster.kubeconfigFile) return;
  const folder = await mkdtemp(join(tmpdir(), "orrery-demo-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));

  async function demo() {
    const options = ["--kubeconfig", cluster.kubeconfigFile ?? "", "--namespace", cluster.namespace];
    const child = spawn(
      process.execPath,
      [main, "demo", "--once", ...options, "--image", cluster.shellImage],
      {
        env: { ...process.env, ORRERY_DATA_DIR: folder, PORT: "0", SANDBOX: "off" },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const [printed, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
    expect(code, printed).toBe(0);
    return printed;
  }

  expect(await demo()).toContain("is deployed, and was seen to work");
  const versions = new Map<string, string>();
  for (const [apiVersion, plural, count] of made) {
    const found = await cluster.listOwn(apiVersion, plural);
    expect(found.length, plural).toBeGreaterThanOrEqual(count);
    for (const { metadata } of found)
      versions.set(`${plural}/${metadata.name}`, metadata.resourceVersion ?? "");
  }

  const spec = (await cluster.find("v1", "services", "front"))?.spec as { clusterIP: string };
  const said = await eventually(async () => {
    const answer = await fetch(`http://${spec.clusterIP}/`).catch(() => undefined);
    return answer?.ok ? answer.text() : undefined;
  }, 20_000);
  expect(said.trim()).toBe("Welcome to the shop, signed with a-key-for-show");

  await demo();
  // Only what has a status of its own may have moved by itself.
  for (const [apiVersion, plural] of made.filter(([, plural]) => isStill.has(plural)))
    for (const { metadata } of await cluster.listOwn(apiVersion, plural))
      expect(metadata.resourceVersion, `${plural}/${metadata.name}`).toBe(
        versions.get(`${plural}/${metadata.name}`),
      );
}, 240_000);

const isStill = new Set<string>([
  "services",
  "ingresses",
  "configmaps",
  "secrets",
  "networkpolicies",
  "cronjobs",
]);
