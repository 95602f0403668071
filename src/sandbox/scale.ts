import type { Asked } from "./asked.ts";
import { scaleFaults } from "./checks/checks.ts";
import { at, type Json, type JsonMap, map, number, type Obj } from "./objects.ts";
import { badRequest, invalid } from "./status.ts";
import type { Writes } from "./writes.ts";

/** The number of replicas of a workload, as a document of its own. */
export function scaleOf({ metadata, spec, status }: Obj): JsonMap {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  const labels = Object.entries(map(map(spec?.selector).matchLabels));
  const selector = labels.map(([key, value]) => `${key}=${String(value)}`).join(",");
  const replicas = number(spec?.replicas, 0);
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: replicas === 0 ? {} : { replicas },
    status: { replicas: number(status?.replicas, 0), ...(selector && { selector }) },
  };
}

/** Whoever sets the number owns the field from then on. */
export function setScale(writes: Writes, asked: Asked, wanted: Json): JsonMap {
  const old = writes.existing(asked);
  const replicas = at(wanted, "spec", "replicas") ?? 0;
  if (!Number.isInteger(replicas))
    throw badRequest(
      `Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal ${typeof replicas} into Go struct field ScaleSpec.spec.replicas of type int32`,
    );
  const faults = scaleFaults(replicas);
  if (faults.length > 0) throw invalid("Scale", "autoscaling", asked.name, faults);
  const resourceVersion = at(wanted, "metadata", "resourceVersion");
  const metadata = { ...(old.metadata as unknown as JsonMap), resourceVersion };
  const changed = {
    ...(structuredClone(old) as unknown as JsonMap),
    metadata,
    spec: { ...map(old.spec), replicas },
  };
  return scaleOf(writes.update(asked, changed));
}
