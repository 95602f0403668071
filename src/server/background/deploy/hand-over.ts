import { groupOf, type KubernetesObject } from "../../../core/kubernetes-object.ts";
import type { Cluster } from "../../cluster/connection.ts";
import { conflictsOf } from "../../cluster/field-conflicts.ts";
import { fieldManager } from "../../cluster/objects.ts";

interface Asking {
  signal: AbortSignal;
  underWay?: AbortSignal | undefined;
  patienceMs?: number;
}

/** Keeps a number of replicas while nobody else does: a field that its last owner drops falls back to its default. */
const keeper = "orrery-handover";
const scalable: ReadonlySet<string> = new Set(["Deployment", "StatefulSet"]);

/** Whether an apply of what is wanted would drop the number of replicas, and so reset it to one. */
export function needsHandOver(live: KubernetesObject | undefined, desired: KubernetesObject): boolean {
  if (!live || !isScalable(desired) || replicasOf(desired) !== undefined) return false;
  const owners = ownersOfReplicas(live);
  return replicasOf(live) !== undefined && owners.length > 0 && owners.every(isOurs);
}

/** Leaves the replicas as they are to whoever decides on them from now on. To be done before the apply itself. */
export async function handOver(
  cluster: Pick<Cluster, "apply">,
  live: KubernetesObject | undefined,
  desired: KubernetesObject,
  asking: Asking,
): Promise<boolean> {
  if (!live || !needsHandOver(live, desired)) return false;
  const { apiVersion, kind, metadata } = desired;
  const { name, namespace } = metadata;
  const named = { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } };
  try {
    const { signal, underWay, patienceMs = 0 } = asking;
    const kept = { ...named, spec: { replicas: replicasOf(live) } };
    await cluster.apply(kept, { signal, underWay, patienceMs, manager: keeper });
    return true;
  } catch (error) {
    // Somebody set another number since, and has the field: it is nobody's to hand over any more.
    if (conflictsOf(error).length > 0) return false;
    throw error;
  }
}

interface TakenBack {
  object: KubernetesObject;
  /** JSON Pointers to what has to be taken from others, as people's own choices name it. */
  take: string[];
}

/**
 * What to apply where an autoscaler decided on the replicas and the drawing does now. At first nothing that runs is
 * taken away; once the number is ours too, it is the drawn one.
 */
export function takeBack(live: KubernetesObject | undefined, desired: KubernetesObject): TakenBack {
  const [drawn, running] = [replicasOf(desired), live && replicasOf(live)];
  const owners = live && isScalable(desired) ? ownersOfReplicas(live) : [];
  if (drawn === undefined || running === undefined || !owners.some(isScaler))
    return { object: desired, take: [] };
  const replicas = owners.some(isOurs) ? drawn : Math.max(drawn, running);
  const object = replicas === drawn ? desired : { ...desired, spec: { ...desired.spec, replicas } };
  return { object, take: ["/spec/replicas"] };
}

/** Whether a number was kept for the time being, so that nothing that runs is taken away. */
export function sendsMoreReplicas(sent: KubernetesObject, drawn: KubernetesObject): boolean {
  const [kept, wanted] = [replicasOf(sent), replicasOf(drawn)];
  return kept !== undefined && wanted !== undefined && kept > wanted;
}

function isScalable({ apiVersion, kind }: KubernetesObject): boolean {
  return groupOf(apiVersion) === "apps" && scalable.has(kind);
}

function replicasOf({ spec }: KubernetesObject): number | undefined {
  return typeof spec?.replicas === "number" ? spec.replicas : undefined;
}

interface Owner {
  manager?: string;
  operation?: string;
  subresource?: string;
  fieldsV1?: { "f:spec"?: object };
}

function ownersOfReplicas({ metadata }: KubernetesObject): Owner[] {
  const { managedFields = [] } = metadata as { managedFields?: Owner[] };
  return managedFields.filter(({ fieldsV1 }) => Object.hasOwn(fieldsV1?.["f:spec"] ?? {}, "f:replicas"));
}

function isOurs({ manager, operation }: Owner): boolean {
  return manager === fieldManager && operation === "Apply";
}

/** People scale through the same door as autoscalers do, and what they have is not taken without asking them. */
function isScaler({ manager = "", subresource }: Owner): boolean {
  if (manager === keeper || manager === "kube-controller-manager") return true;
  return subresource === "scale" && !/^kubectl\b/.test(manager);
}
