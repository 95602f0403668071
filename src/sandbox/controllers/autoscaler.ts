import { cpuOf } from "../metrics.ts";
import { at, type JsonMap, list, map, number, type Obj, text } from "../objects.ts";
import { requestOf } from "../quantities.ts";
import { ownerOf, type System, withCondition } from "../system.ts";

const lookMs = 3_000;

/** Keeps a target's replicas within bounds, by what its pods use of what they asked for. */
export function reconcileAutoscaler(system: System, autoscaler: Obj): void {
  const { uid } = autoscaler.metadata;
  if (system.busy.has(`autoscaler ${uid}`)) return;
  system.busy.add(`autoscaler ${uid}`);
  look(system, autoscaler);
}

function look(system: System, autoscaler: Obj): void {
  const live = system.current(autoscaler);
  if (!live || live.metadata.deletionTimestamp) {
    system.busy.delete(`autoscaler ${autoscaler.metadata.uid}`);
    return;
  }
  system.retry(lookMs, () => look(system, autoscaler));
  const { kind, name } = map(live.spec?.scaleTargetRef);
  const isScalable = ["Deployment", "StatefulSet", "ReplicaSet"].includes(text(kind));
  const workload = isScalable
    ? system.find(text(kind), live.metadata.namespace ?? "", text(name))
    : undefined;
  if (workload) scale(system, live, workload);
  else lackTarget(system, live, `${text(kind).toLowerCase()}s.apps "${text(name)}" not found`);
}

function lackTarget(system: System, autoscaler: Obj, why: string): void {
  system.event(autoscaler, "Warning", "FailedGetScale", why);
  const message = `the HPA controller was unable to get the target's current scale: ${why}`;
  tell(system, autoscaler, [["AbleToScale", "False", "FailedGetScale", message]], {});
}

type Condition = [type: string, status: "True" | "False", reason: string, message: string];

function scale(system: System, autoscaler: Obj, workload: Obj): void {
  const { spec = {} } = autoscaler;
  const current = number(workload.spec?.replicas, 1);
  const usage = usageOf(system, workload);
  const target = number(at(spec, "metrics", 0, "resource", "target", "averageUtilization"), 80);
  const ideal = usage === undefined ? current : Math.ceil((current * usage) / target);
  const [min, max] = [number(spec.minReplicas, 1), number(spec.maxReplicas, 1)];
  const desired = current === 0 ? 0 : Math.min(Math.max(ideal, min), max);
  if (desired !== current) resize(system, autoscaler, workload, desired, reasonOf(current, min, max));
  const conditions = conditionsOf(current, usage, ideal, min, max);
  const metric = { name: "cpu", current: { averageUtilization: usage ?? 0, averageValue: "0" } };
  tell(system, autoscaler, conditions, {
    ...(usage !== undefined && { currentMetrics: [{ type: "Resource", resource: metric }] }),
    ...{ currentReplicas: current, desiredReplicas: desired },
  });
}

function reasonOf(current: number, min: number, max: number): string {
  if (current < min) return "Current number of replicas below Spec.MinReplicas";
  return current > max
    ? "Current number of replicas above Spec.MaxReplicas"
    : "cpu resource utilization (percentage of request) is off target";
}

function resize(system: System, autoscaler: Obj, workload: Obj, replicas: number, reason: string): void {
  const set = (draft: Obj) => {
    draft.spec = { ...draft.spec, replicas };
  };
  system.change(workload, set, "scale");
  system.event(autoscaler, "Normal", "SuccessfulRescale", `New size: ${replicas}; reason: ${reason}`);
}

function conditionsOf(
  current: number,
  usage: number | undefined,
  ideal: number,
  min: number,
  max: number,
): Condition[] {
  const able: Condition = [
    "AbleToScale",
    "True",
    "ReadyForNewScale",
    "recommended size matches current size",
  ];
  if (current === 0)
    return [
      able,
      [
        "ScalingActive",
        "False",
        "ScalingDisabled",
        "scaling is disabled since the replica count of the target is zero",
      ],
    ];
  if (usage === undefined) {
    const why =
      "the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API";
    return [able, ["ScalingActive", "False", "FailedGetResourceMetric", why]];
  }
  const found =
    "the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)";
  const limited: Condition =
    ideal > max
      ? [
          "ScalingLimited",
          "True",
          "TooManyReplicas",
          "the desired replica count is more than the maximum replica count",
        ]
      : ideal < min
        ? [
            "ScalingLimited",
            "True",
            "TooFewReplicas",
            "the desired replica count is less than the minimum replica count",
          ]
        : [
            "ScalingLimited",
            "False",
            "DesiredWithinRange",
            "the desired count is within the acceptable range",
          ];
  return [able, ["ScalingActive", "True", "ValidMetricFound", found], limited];
}

/** Average use of what the running pods asked for, in percent. */
function usageOf(system: System, workload: Obj): number | undefined {
  const pods = system
    .list("Pod", workload.metadata.namespace)
    .filter((pod) => belongsTo(system, pod, workload) && pod.status?.phase === "Running");
  const asked = pods.reduce((sum, pod) => sum + requestOf(pod.spec, "cpu"), 0);
  if (asked === 0) return undefined;
  const used = pods.reduce((sum, pod) => sum + cpuOf(pod.spec, pod.metadata.name), 0);
  return Math.round((used / asked) * 100);
}

function belongsTo(system: System, pod: Obj, workload: Obj): boolean {
  const owner = ownerOf(pod);
  if (owner?.uid === workload.metadata.uid) return true;
  const set =
    owner?.kind === "ReplicaSet"
      ? system.find(owner.kind, pod.metadata.namespace ?? "", owner.name)
      : undefined;
  return set !== undefined && ownerOf(set)?.uid === workload.metadata.uid;
}

function tell(system: System, autoscaler: Obj, conditions: readonly Condition[], counts: JsonMap): void {
  system.change(
    autoscaler,
    (draft) => {
      const before = list(draft.status?.conditions).filter(({ type }) =>
        conditions.some(([each]) => each === type),
      );
      draft.status = {
        ...{ currentMetrics: null, currentReplicas: 0, desiredReplicas: 0 },
        ...counts,
        conditions: conditions.reduce((all, each) => withCondition(all, ...each), before),
      };
    },
    "status",
  );
}
