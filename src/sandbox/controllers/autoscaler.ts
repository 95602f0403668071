import { at, list, map, number, type Obj, text } from "../objects.ts";
import { cpuOf } from "../observed.ts";
import { requestOf } from "../quotas.ts";
import { ownerOf, type System, withCondition } from "../system.ts";

const lookMs = 3_000;
const watched = new WeakSet<Obj>();

/** Keeps a target's replicas within bounds, by what its pods use of what they asked for. */
export function reconcileAutoscaler(system: System, autoscaler: Obj): void {
  if (watched.has(autoscaler)) return;
  watched.add(autoscaler);
  look(system, autoscaler);
}

function look(system: System, autoscaler: Obj): void {
  const live = system.current(autoscaler);
  if (!live) return;
  watched.add(live);
  const target = map(live.spec?.scaleTargetRef);
  const workload = system.find(
    text(target.kind, "Deployment"),
    live.metadata.namespace ?? "",
    text(target.name),
  );
  if (workload) scale(system, live, workload);
  else
    tell(
      system,
      live,
      undefined,
      undefined,
      "False",
      "FailedGetScale",
      `${text(target.kind)} "${text(target.name)}" not found`,
    );
  const next = system.current(live);
  if (next) watched.add(next);
  system.after(lookMs, () => look(system, live));
}

function scale(system: System, autoscaler: Obj, workload: Obj): void {
  const { spec = {} } = autoscaler;
  const current = number(workload.spec?.replicas, 1);
  const usage = usageOf(system, workload);
  const wantedUsage = number(at(spec, "metrics", 0, "resource", "target", "averageUtilization"), 80);
  const ideal = usage === undefined ? current : Math.ceil((current * usage) / wantedUsage);
  const desired = Math.min(Math.max(ideal, number(spec.minReplicas, 1)), number(spec.maxReplicas, 1));
  if (desired !== current && current > 0) {
    system.change(workload, (draft) => (draft.spec = { ...draft.spec, replicas: desired }), "scale");
    system.event(
      autoscaler,
      "Normal",
      "SuccessfulRescale",
      `New size: ${desired}; reason: ${ideal < desired ? "Current number of replicas below Spec.MinReplicas" : "cpu resource utilization"}`,
    );
  }
  if (usage === undefined)
    tell(
      system,
      autoscaler,
      current,
      desired,
      "False",
      "FailedGetResourceMetric",
      "the HPA was unable to compute the replica count: no metrics returned yet",
    );
  else
    tell(
      system,
      autoscaler,
      current,
      desired,
      "True",
      "ValidMetricFound",
      "the HPA was able to successfully calculate a replica count from cpu resource utilization",
      usage,
    );
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
  const set = owner && system.find(owner.kind, pod.metadata.namespace ?? "", owner.name);
  return set !== undefined && ownerOf(set)?.uid === workload.metadata.uid;
}

function tell(
  system: System,
  autoscaler: Obj,
  current: number | undefined,
  desired: number | undefined,
  active: "True" | "False",
  reason: string,
  message: string,
  usage?: number,
): void {
  system.change(
    autoscaler,
    (draft) => {
      let conditions = list(draft.status?.conditions);
      conditions = withCondition(
        conditions,
        "AbleToScale",
        "True",
        "SucceededGetScale",
        "the HPA controller was able to get the target's current scale",
      );
      conditions = withCondition(conditions, "ScalingActive", active, reason, message);
      const metric =
        usage === undefined
          ? null
          : [
              {
                type: "Resource",
                resource: { name: "cpu", current: { averageUtilization: usage, averageValue: "0" } },
              },
            ];
      draft.status = {
        conditions,
        currentMetrics: metric,
        currentReplicas: current ?? 0,
        desiredReplicas: desired ?? 0,
      };
    },
    "status",
  );
}
