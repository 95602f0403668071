import type { KubernetesObject } from "../kubernetes-object.ts";
import { readStrategy } from "./deployment.ts";
import { asMap, asMaps, filled, given, type Said } from "./read-metadata.ts";
import { readWorkload } from "./read-pod.ts";
import { pick } from "./text-values.ts";

/** A StatefulSet as settings; the mounts of its claims are theirs. */
export function readSet(object: KubernetesObject, said: Said): Record<string, unknown> {
  const spec = asMap(object.spec);
  const own = ["replicas", "podManagementPolicy", "persistentVolumeClaimRetentionPolicy"];
  const { volumeMounts, ...workload } = readWorkload(object, spec.template, said);
  const mounts = asMaps(volumeMounts);
  const claims = asMaps(spec.volumeClaimTemplates).map((claim) => readClaimTemplate(claim, mounts));
  const claimed = new Set(claims.map(({ name }) => name));
  const others = mounts.filter(({ name, type }) => type !== undefined || !claimed.has(name));
  return given({
    ...workload,
    ...pick(spec, [...own, "minReadySeconds", "revisionHistoryLimit"]),
    volumeMounts: filled(others),
    volumeClaimTemplates: filled(claims),
    serviceName: spec.serviceName === object.metadata.name ? undefined : spec.serviceName,
    updateStrategy: readStrategy(spec.updateStrategy, said.updateStrategy),
  });
}

function readClaimTemplate(claim: Record<string, unknown>, mounts: readonly Record<string, unknown>[]) {
  const { name } = asMap(claim.metadata);
  const spec = asMap(claim.spec);
  const mount = mounts.find((each) => each.type === undefined && each.name === name);
  return given({
    name,
    storage: asMap(asMap(spec.resources).requests).storage,
    ...pick(spec, ["storageClassName", "accessModes", "volumeMode"]),
    mountPath: mount?.mountPath,
  });
}
