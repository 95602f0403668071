import { list, map, type Obj, text } from "../objects.ts";
import { amountOf, requestOf } from "../quotas.ts";
import { type System, withCondition } from "../system.ts";
import { suits } from "./sets.ts";

const scheduleMs = 80;
const againMs = 2_000;

/** Finds a node with room, or says why there is none. */
export function schedule(system: System, pod: Obj): void {
  if (pod.status?.phase === undefined)
    system.change(
      pod,
      (draft) => (draft.status = { ...draft.status, phase: "Pending" }),
      "status",
      "kubelet",
    );
  system.after(scheduleMs, () => place(system, pod));
}

function place(system: System, pod: Obj): void {
  const live = system.current(pod);
  if (!live || text(live.spec?.nodeName)) return;
  const refusal = refusalOf(system, live);
  if (refusal) {
    system.event(live, "Warning", "FailedScheduling", refusal);
    system.change(
      live,
      (draft) => {
        const conditions = withCondition(
          list(draft.status?.conditions),
          "PodScheduled",
          "False",
          "Unschedulable",
          refusal,
        );
        draft.status = { ...draft.status, phase: "Pending", conditions };
      },
      "status",
      "kube-scheduler",
    );
    system.after(againMs, () => place(system, pod));
    return;
  }
  const [node] = roomy(system, live);
  if (!node) return;
  system.change(
    live,
    (draft) => (draft.spec = { ...draft.spec, nodeName: node.metadata.name }),
    "",
    "kube-scheduler",
  );
  system.event(
    live,
    "Normal",
    "Scheduled",
    `Successfully assigned ${live.metadata.namespace}/${live.metadata.name} to ${node.metadata.name}`,
  );
}

/** The nodes that suit the pod and have room for it, the emptiest first. */
function roomy(system: System, pod: Obj): Obj[] {
  const pods = system.list("Pod");
  const freeOf = (node: Obj, resource: string) => {
    const used = pods
      .filter(({ spec }) => spec?.nodeName === node.metadata.name)
      .reduce((sum, each) => sum + requestOf(each.spec, resource), 0);
    return amountOf(map(node.status?.allocatable)[resource]) - used;
  };
  const fits = (node: Obj) =>
    ["cpu", "memory"].every((resource) => requestOf(pod.spec, resource) <= freeOf(node, resource));
  const selector = map(pod.spec?.nodeSelector);
  return system
    .list("Node")
    .filter((node) => suits(node, selector) && fits(node))
    .toSorted((a, b) => freeOf(b, "cpu") - freeOf(a, "cpu"));
}

function refusalOf(system: System, pod: Obj): string | undefined {
  const nodes = system.list("Node");
  const none = `0/${nodes.length} nodes are available`;
  const tail = "preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.";
  if (pod.metadata.annotations?.["sandbox.orrery.dev/fail"] === "unschedulable")
    return `${none}: ${nodes.length} Insufficient cpu. ${tail}`;
  const unbound = list(pod.spec?.volumes).find((volume) =>
    isUnbound(system, pod, text(map(volume.persistentVolumeClaim).claimName)),
  );
  if (unbound) return `${none}: pod has unbound immediate PersistentVolumeClaims. ${tail}`;
  if (roomy(system, pod).length > 0) return undefined;
  const suitable = nodes.filter((node) => suits(node, map(pod.spec?.nodeSelector)));
  if (suitable.length === 0)
    return `${none}: ${nodes.length} node(s) didn't match Pod's node affinity/selector. ${tail}`;
  return `${none}: ${suitable.length} Insufficient cpu. ${tail}`;
}

/** A claim that waits for its first consumer does not keep that one from being placed. */
function isUnbound(system: System, pod: Obj, name: string): boolean {
  if (!name) return false;
  const claim = system.find("PersistentVolumeClaim", pod.metadata.namespace ?? "", name);
  if (!claim) return true;
  const storage = system.find("StorageClass", "", text(claim.spec?.storageClassName));
  return (
    claim.status?.phase !== "Bound" &&
    (storage as { volumeBindingMode?: string } | undefined)?.volumeBindingMode !== "WaitForFirstConsumer"
  );
}
