import { randomBytes } from "node:crypto";
import { at, copy, isMap, type JsonMap, list, map, type Obj, text } from "../objects.ts";
import { StatusError } from "../status.ts";
import { ownedBy, ownerOf, type System } from "../system.ts";

/** The pods a controller owns, those on their way out among them. */
export function allPodsOf(system: System, owner: Obj): Obj[] {
  return system
    .list("Pod", owner.metadata.namespace)
    .filter((pod) => ownerOf(pod)?.uid === owner.metadata.uid);
}

export const podsOf = (system: System, owner: Obj): Obj[] =>
  allPodsOf(system, owner).filter((pod) => !isEnding(pod));

export const isEnding = ({ metadata }: Obj): boolean => metadata.deletionTimestamp !== undefined;

export const isReady = (pod: Obj): boolean =>
  list(pod.status?.conditions).some(({ type, status }) => type === "Ready" && status === "True");

export const isFinished = (pod: Obj): boolean => ["Succeeded", "Failed"].includes(text(pod.status?.phase));

interface PodPlan {
  name?: string;
  labels?: JsonMap;
  annotations?: JsonMap;
  adapt?: (spec: JsonMap) => void;
}

/** A pod from a template. A refusal is told as an event of the owner, as controllers do. */
export function makePod(system: System, owner: Obj, plan: PodPlan = {}): Obj {
  const { name: base, namespace } = owner.metadata;
  const name = plan.name ?? `${base}-${randomBytes(3).toString("hex").slice(0, 5)}`;
  try {
    const pod = system.create("Pod", { ...podFrom(owner, plan, name, namespace) });
    const what =
      owner.kind === "StatefulSet"
        ? `create Pod ${name} in StatefulSet ${base} successful`
        : `Created pod: ${name}`;
    system.event(owner, "Normal", "SuccessfulCreate", what);
    return pod;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    system.event(owner, "Warning", "FailedCreate", `Error creating: ${error.message}`);
    throw error;
  }
}

function podFrom(owner: Obj, plan: PodPlan, name: string, namespace: string | undefined): JsonMap {
  const template = map(at(owner.spec, "template"));
  const metadata = map(template.metadata);
  const spec = copy(map(template.spec));
  plan.adapt?.(spec);
  const hasAnnotations = isMap(metadata.annotations) || plan.annotations;
  return {
    metadata: {
      name,
      namespace,
      labels: { ...map(metadata.labels), ...plan.labels },
      ...(hasAnnotations && { annotations: { ...map(metadata.annotations), ...plan.annotations } }),
      ownerReferences: ownedBy(owner),
    },
    spec,
  };
}

/** A pod that is one too many. */
export function endPod(system: System, owner: Obj, pod: Obj): void {
  const { name } = pod.metadata;
  const what =
    owner.kind === "StatefulSet"
      ? `delete Pod ${name} in StatefulSet ${owner.metadata.name} successful`
      : `Deleted pod: ${name}`;
  system.event(owner, "Normal", "SuccessfulDelete", what);
  system.remove(pod);
}
