import { type JsonMap, list, map, type Obj, text } from "../objects.ts";
import type { System } from "../system.ts";

/** A volume whose content does not exist is waited for. */
export function missingVolume(system: System, pod: Obj): string | undefined {
  for (const volume of list(pod.spec?.volumes))
    for (const [kind, source] of sourcesOf(volume)) {
      const name = text(source.name) || text(source.secretName);
      if (name && source.optional !== true && !system.find(kind, pod.metadata.namespace ?? "", name))
        return `MountVolume.SetUp failed for volume "${text(volume.name)}" : ${kind.toLowerCase()} "${name}" not found`;
    }
  return undefined;
}

function sourcesOf(volume: JsonMap): [string, JsonMap][] {
  const projected = list(map(volume.projected).sources);
  return [
    ["ConfigMap", map(volume.configMap)],
    ["Secret", map(volume.secret)],
    ...projected.flatMap((source): [string, JsonMap][] => [
      ["ConfigMap", map(source.configMap)],
      ["Secret", map(source.secret)],
    ]),
  ];
}

/** Whether the claims a pod mounts have got their volumes. */
export function hasClaims(system: System, { metadata, spec }: Obj): boolean {
  return list(spec?.volumes).every((volume) => {
    const name = text(map(volume.persistentVolumeClaim).claimName);
    return (
      !name || system.find("PersistentVolumeClaim", metadata.namespace ?? "", name)?.status?.phase === "Bound"
    );
  });
}

/** Environment from what does not exist keeps a container from being made. */
export function missingConfig(system: System, pod: Obj, container: JsonMap): string | undefined {
  for (const source of list(container.envFrom)) {
    const why =
      missing(system, pod, "ConfigMap", map(source.configMapRef)) ??
      missing(system, pod, "Secret", map(source.secretRef));
    if (why) return why;
  }
  for (const variable of list(container.env)) {
    const from = map(variable.valueFrom);
    const why =
      missing(system, pod, "ConfigMap", map(from.configMapKeyRef)) ??
      missing(system, pod, "Secret", map(from.secretKeyRef));
    if (why) return why;
  }
  return undefined;
}

function missing(system: System, { metadata }: Obj, kind: string, reference: JsonMap): string | undefined {
  const { namespace = "" } = metadata;
  const [name, key] = [text(reference.name), text(reference.key)];
  if (!name || reference.optional === true) return undefined;
  const found = system.find(kind, namespace, name);
  if (!found) return `${kind.toLowerCase()} "${name}" not found`;
  return key && !Object.hasOwn(map(found.data), key)
    ? `couldn't find key ${key} in ${kind} ${namespace}/${name}`
    : undefined;
}
