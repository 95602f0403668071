import { randomBytes } from "node:crypto";
import { at, copy, isMap, type JsonMap, list, map, type Obj, text } from "../objects.ts";
import { StatusError } from "../status.ts";
import { ownedBy, ownerOf, type System } from "../system.ts";

/** The pods a controller owns, those on their way out left out. */
export function podsOf(system: System, owner: Obj): Obj[] {
  return system
    .list("Pod", owner.metadata.namespace)
    .filter((pod) => ownerOf(pod)?.uid === owner.metadata.uid);
}

export const isReady = (pod: Obj): boolean =>
  list(pod.status?.conditions).some(({ type, status }) => type === "Ready" && status === "True");

/** A pod from a template. A refusal is told as an event of the owner, as controllers do. */
export function makePod(
  system: System,
  owner: Obj,
  name: string | undefined,
  labels: JsonMap = {},
  adapt: (spec: JsonMap) => void = () => undefined,
): Obj | undefined {
  const template = map(at(owner.spec, "template"));
  const metadata = map(template.metadata);
  const spec = copy(map(template.spec));
  adapt(spec);
  const { name: base, namespace } = owner.metadata;
  const suffix = randomBytes(3).toString("hex").slice(0, 5);
  try {
    const pod = system.create("Pod", {
      metadata: {
        name: name ?? `${base}-${suffix}`,
        namespace,
        labels: { ...map(metadata.labels), ...labels },
        ...(isMap(metadata.annotations) && { annotations: metadata.annotations }),
        ownerReferences: ownedBy(owner),
      },
      spec,
    });
    system.event(owner, "Normal", "SuccessfulCreate", `Created pod: ${pod.metadata.name}`);
    return pod;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    system.event(owner, "Warning", "FailedCreate", `Error creating: ${error.message}`);
    throw error;
  }
}

export const isFinished = (pod: Obj): boolean => ["Succeeded", "Failed"].includes(text(pod.status?.phase));
