import type { Restart } from "../../contract/plan.ts";
import { isMap } from "../catalog/text-values.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { canonical } from "./json-values.ts";
import { valueAt } from "./pointers.ts";

type PodRestart = Omit<Restart, "node_id">;

const kinds = new Set(["Deployment", "StatefulSet", "DaemonSet", "Job"]);

/** How many pods would be started anew, and how: none where the pods stay what they are, or there are none. */
export function restartOf(
  live: KubernetesObject | undefined,
  planned: KubernetesObject,
  { replaced = false } = {},
): PodRestart | undefined {
  if (!live || !kinds.has(planned.kind) || !(replaced || isOtherTemplate(live, planned))) return undefined;
  const how = replaced || planned.kind === "Job" ? "anew" : wayOf(planned);
  const pods = how === "anew" ? podsOf(live) : podsToRoll(live, planned);
  return pods > 0 ? { pods, how } : undefined;
}

function isOtherTemplate(live: KubernetesObject, planned: KubernetesObject): boolean {
  return templateOf(live) !== templateOf(planned);
}

/** Labels that every Job gets a value of its own for say nothing of its pods. */
const ownOfJob = /^(batch\.kubernetes\.io\/)?(controller-uid|job-name)$/;

function templateOf({ kind, spec }: KubernetesObject): string {
  const labels = valueAt(spec, "/template/metadata/labels");
  if (kind !== "Job" || !isMap(labels)) return canonical(spec?.template);
  const kept = Object.entries(labels).filter(([key]) => !ownOfJob.test(key));
  return canonical([
    valueAt(spec, "/template/spec"),
    valueAt(spec, "/template/metadata/annotations"),
    kept.sort(),
  ]);
}

function wayOf({ kind, spec }: KubernetesObject): PodRestart["how"] {
  const type = valueAt(spec, kind === "Deployment" ? "/strategy/type" : "/updateStrategy/type");
  return type === "Recreate" ? "recreate" : type === "OnDelete" ? "on-delete" : "rolling";
}

function podsOf({ kind, spec, status }: KubernetesObject): number {
  if (kind === "DaemonSet") return numberOf(status?.desiredNumberScheduled, 0);
  return numberOf(kind === "Job" ? spec?.parallelism : spec?.replicas, 1);
}

/** A paused Deployment rolls nothing out, and a partition leaves the first pods of a StatefulSet alone. */
function podsToRoll(live: KubernetesObject, { kind, spec }: KubernetesObject): number {
  if (kind === "Deployment" && spec?.paused === true) return 0;
  const partition = kind === "StatefulSet" ? valueAt(spec, "/updateStrategy/rollingUpdate/partition") : 0;
  return Math.max(0, podsOf(live) - numberOf(partition, 0));
}

const numberOf = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);
