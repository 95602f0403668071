import { createHash } from "node:crypto";
import { type JsonMap, number, type Obj } from "./objects.ts";
import { StatusError } from "./status.ts";

/** Tells what happened; the same thing again only counts up. */
export type TellEvent = (about: Obj, type: "Normal" | "Warning", reason: string, message: string) => void;

interface EventNeeds {
  current(object: Obj): Obj | undefined;
  create(kind: string, object: JsonMap): Obj;
  change(object: Obj, how: (draft: Obj) => void): Obj | undefined;
}

/** A real cluster forgets its events after an hour; here the oldest go when there are many. */
const keptEvents = 1_000;

const kubelets = new Set([
  "Pulling",
  "Pulled",
  "Created",
  "Started",
  "Killing",
  "BackOff",
  "Unhealthy",
  "FailedMount",
]);

function sourceOf(kind: string, reason: string): string {
  if (kind === "Pod") return kubelets.has(reason) || reason === "Failed" ? "kubelet" : "default-scheduler";
  const controllers: Readonly<Record<string, string>> = {
    Deployment: "deployment-controller",
    ReplicaSet: "replicaset-controller",
    StatefulSet: "statefulset-controller",
    DaemonSet: "daemonset-controller",
    Job: "job-controller",
    CronJob: "cronjob-controller",
    HorizontalPodAutoscaler: "horizontal-pod-autoscaler",
    PersistentVolumeClaim: "persistentvolume-controller",
  };
  return controllers[kind] ?? "sandbox";
}

const stamp = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

export function createEvents({ current, create, change }: EventNeeds): TellEvent {
  const events = new Map<string, Obj>();

  return (about, type, reason, message) => {
    const { uid } = about.metadata;
    const id = createHash("sha256").update([uid, reason, message].join()).digest("hex").slice(0, 16);
    const known = events.get(id);
    const seen = known && current(known);
    if (seen) {
      const count = number(seen.count, 1) + 1;
      change(seen, (draft) => Object.assign(draft, { count, lastTimestamp: stamp() }));
      return;
    }
    try {
      events.set(id, create("Event", eventOf(about, type, reason, message, id)));
      const oldest = events.size > keptEvents ? events.keys().next().value : undefined;
      if (oldest !== undefined) events.delete(oldest);
    } catch (error) {
      // A namespace on its way out takes no more events, and a full sandbox does without.
      if (!(error instanceof StatusError)) throw error;
    }
  };
}

function eventOf(about: Obj, type: string, reason: string, message: string, id: string): JsonMap {
  const { namespace = "default", name, uid, resourceVersion } = about.metadata;
  const component = sourceOf(about.kind, reason);
  const host =
    component === "kubelet" && typeof about.spec?.nodeName === "string" ? about.spec.nodeName : undefined;
  return {
    metadata: { name: `${name.slice(0, 230)}.${id}`, namespace },
    involvedObject: { apiVersion: about.apiVersion, kind: about.kind, name, namespace, uid, resourceVersion },
    ...{ type, reason, message, count: 1, firstTimestamp: stamp(), lastTimestamp: stamp(), eventTime: null },
    source: { component, ...(host && { host }) },
    reportingComponent: component,
    reportingInstance: host ?? "",
  };
}
