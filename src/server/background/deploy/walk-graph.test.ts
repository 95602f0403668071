import { expect, test } from "vitest";
import type { CompiledNode } from "../../../core/compile/compile-design.ts";
import type { Health } from "../../../core/health/assess-health.ts";
import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { invalid } from "../../../core/problem.ts";
import type { NodeProgress } from "./node-progress.ts";
import { walkGraph } from "./walk-graph.ts";

const node = (node_id: string, ...after: CompiledNode["after"]): CompiledNode => ({
  node_id,
  type: "deployment",
  name: node_id,
  namespace: "default",
  objects: [{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: node_id } }],
  after,
});

/** A cluster in which every object exists as soon as it is applied, and is as healthy as the test says. */
function world(healths: Record<string, Partial<Health>[]> = {}) {
  const applied: string[] = [];
  const told: string[] = [];
  const foreseen: string[][] = [];
  const present = new Map<string, KubernetesObject>();
  let ring: () => void = () => undefined;

  async function apply(progress: NodeProgress): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 2));
    for (const object of progress.node.objects) {
      const made = { ...object, metadata: { ...object.metadata, uid: object.metadata.name, generation: 1 } };
      if (made.metadata.name === "refused") throw invalid("The cluster refused: quota");
      present.set(made.metadata.name, made);
      progress.applied.push(made);
      applied.push(made.metadata.name);
    }
  }
  const ready: Health = { verdict: "ready", message: "", status: { state: "healthy", message: "" } };
  return {
    applied,
    told,
    foreseen,
    needs: {
      view: {
        find: ({ metadata }: { metadata: { name: string } }) => present.get(metadata.name),
        assess: ({ metadata }: KubernetesObject) =>
          ({ ...ready, ...healths[metadata.name]?.shift() }) as Health,
        join(tell: (place: { workflow_id: string; node_id: string }) => void) {
          ring = () => tell({ workflow_id: "w", node_id: "" });
          return () => undefined;
        },
      },
      journal: {
        log: (text: string) => told.push(text),
        node: (node_id: string, { status, message = "" }: { status: string; message?: string }) =>
          told.push(`${node_id} ${status}: ${message}`),
      },
      apply: async (wave: NodeProgress[]) => wave.map(apply),
      foresee: (_wave: NodeProgress[], after: NodeProgress[]) =>
        void foreseen.push(after.map(({ node: { node_id } }) => node_id)),
      workflow_id: "w",
      signal: new AbortController().signal,
      tickMs: 5,
    },
    ring: () => ring(),
  };
}

test("each node is applied once what it waits for is met", async () => {
  const { needs, applied, told, foreseen } = world({ a: [{ verdict: "waiting", message: "0 of 1 ready" }] });
  const b = node("b", { node_id: "a", condition: "ready" });
  const { failed, nodes } = await walkGraph(needs, [b, node("a")]);
  expect(failed).toBeUndefined();
  expect(applied).toEqual(["a", "b"]);
  expect(foreseen).toEqual([["b"], []]);
  expect(nodes.map(({ progress }) => progress)).toEqual(["ready", "ready"]);
  expect(told).toContain("b waiting: Waiting for “a” to be ready");
});

test("the first failure ends the walk: nothing new is started, and the rest is told why", async () => {
  const bad: Partial<Health> = { verdict: "failed", reason: "ImagePullBackOff", message: "No such image" };
  const { needs, applied } = world({ a: [bad] });
  const { failed, nodes } = await walkGraph(needs, [
    node("a"),
    node("b", { node_id: "a", condition: "ready" }),
  ]);
  expect(failed).toMatchObject({ reason: "ImagePullBackOff", message: "No such image" });
  expect(applied).toEqual(["a"]);
  expect(nodes[1]).toMatchObject({ progress: "skipped", message: "Not started, because “a” failed" });
});

test("a failure that often passes counts only once it has held", async () => {
  const passing: Partial<Health> = {
    verdict: "failed",
    reason: "Unschedulable",
    message: "No room",
    settleSeconds: 60,
  };
  const { needs } = world({ a: [passing, passing] });
  expect((await walkGraph(needs, [node("a")])).failed).toBeUndefined();

  const lasting = { ...passing, settleSeconds: 0.02 };
  const doomed = world({ a: Array.from({ length: 50 }, () => lasting) });
  expect((await walkGraph(doomed.needs, [node("a")])).failed).toMatchObject({ reason: "Unschedulable" });
});

test("a refused write is the node's failure, in the cluster's words", async () => {
  const { needs } = world();
  const { failed, bug } = await walkGraph(needs, [node("refused")]);
  expect(failed?.message).toBe("The cluster refused: quota");
  expect(bug).toBeUndefined();
});

test("a walk that is called off stops, and says nothing of success", async () => {
  const { needs } = world({
    a: Array.from({ length: 50 }, () => ({ verdict: "waiting" as const, message: "" })),
  });
  const calledOff = AbortSignal.timeout(30);
  await expect(walkGraph({ ...needs, signal: calledOff }, [node("a")])).rejects.toThrow();
});
