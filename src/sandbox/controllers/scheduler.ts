import { list, map, type Obj, text } from "../objects.ts";
import { type System, withCondition } from "../system.ts";
import { freeOn, lacking, suits } from "./nodes.ts";

const scheduleMs = 80;
const againMs = 2_000;

/** Finds a node with room, or says why there is none. */
export function schedule(system: System, pod: Obj): void {
  const { uid } = pod.metadata;
  if (system.busy.has(`scheduler ${uid}`)) return;
  system.busy.add(`scheduler ${uid}`);
  system.after(scheduleMs, () => place(system, pod));
}

function place(system: System, pod: Obj): void {
  const live = system.current(pod);
  if (!live || text(live.spec?.nodeName) || live.metadata.deletionTimestamp) {
    system.busy.delete(`scheduler ${pod.metadata.uid}`);
    return;
  }
  const refusal = refusalOf(system, live);
  if (refusal) {
    tellRefusal(system, live, refusal);
    system.retry(againMs, () => place(system, pod));
    return;
  }
  const nodes = system
    .list("Node")
    .filter((node) => suits(node, live.spec) && lacking(system, node, live.spec).length === 0);
  const [node] = nodes.toSorted((a, b) => emptiness(system, b) - emptiness(system, a));
  system.busy.delete(`scheduler ${pod.metadata.uid}`);
  if (!node) return;
  const { name } = node.metadata;
  const { namespace } = live.metadata;
  system.event(
    live,
    "Normal",
    "Scheduled",
    `Successfully assigned ${namespace}/${live.metadata.name} to ${name}`,
  );
  const bind = (draft: Obj) => {
    draft.spec = { ...draft.spec, nodeName: name };
  };
  system.change(live, bind, "binding", "kube-scheduler");
}

/** Few pods first, then much room. */
function emptiness(system: System, node: Obj): number {
  const pods = system.list("Pod").filter(({ spec }) => spec?.nodeName === node.metadata.name).length;
  return freeOn(system, node, "cpu") - pods / 100;
}

function tellRefusal(system: System, pod: Obj, refusal: string): void {
  const old = list(pod.status?.conditions).find(({ type }) => type === "PodScheduled");
  if (old?.message === refusal) return;
  system.event(pod, "Warning", "FailedScheduling", refusal);
  system.change(
    pod,
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
}

/** Why no node will do, in the scheduler's sentence. */
function refusalOf(system: System, pod: Obj): string | undefined {
  const nodes = system.list("Node");
  const none = `0/${nodes.length} nodes are available`;
  const say = (why: string, tail: string) => `${none}: ${why}. preemption: ${none}: ${nodes.length} ${tail}.`;
  const unhelpful = "Preemption is not helpful for scheduling";
  const noVictims = "No preemption victims found for incoming pod";
  if (pod.metadata.annotations?.["sandbox.orrery.dev/fail"] === "unschedulable")
    return say(`${nodes.length} Insufficient cpu`, noVictims);
  for (const volume of list(pod.spec?.volumes)) {
    const why = claimFault(system, pod, text(map(volume.persistentVolumeClaim).claimName));
    if (why) return say(why, unhelpful);
  }
  const lacks = nodes.map((node) => (suits(node, pod.spec) ? lacking(system, node, pod.spec) : ["affinity"]));
  if (lacks.some((each) => each.length === 0)) return undefined;
  const counted = ["cpu", "memory"].flatMap((resource) => {
    const count = lacks.filter((each) => each.includes(resource)).length;
    return count > 0 ? [`${count} Insufficient ${resource}`] : [];
  });
  const unsuitable = lacks.filter((each) => each.includes("affinity")).length;
  if (unsuitable > 0) counted.push(`${unsuitable} node(s) didn't match Pod's node affinity/selector`);
  return say(counted.join(", "), unsuitable === nodes.length ? unhelpful : noVictims);
}

/** A claim that waits for its first consumer does not keep that one from being placed. */
function claimFault(system: System, pod: Obj, name: string): string | undefined {
  if (!name) return undefined;
  const claim = system.find("PersistentVolumeClaim", pod.metadata.namespace ?? "", name);
  if (!claim) return `persistentvolumeclaim "${name}" not found`;
  if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${name}" is being deleted`;
  const storage = system.find("StorageClass", "", text(claim.spec?.storageClassName));
  const isWaiting = storage?.volumeBindingMode === "WaitForFirstConsumer";
  return claim.status?.phase === "Bound" || isWaiting
    ? undefined
    : "pod has unbound immediate PersistentVolumeClaims";
}
