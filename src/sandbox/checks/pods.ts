import { isMap, type Json, type JsonMap, list, map, text } from "../objects.ts";
import type { Cause } from "../status.ts";
import { containerFaults } from "./containers.ts";
import { duplicate, duplicates, forbiddenValue, notSupported, oneOf, required } from "./faults.ts";
import { dnsLabel, labelFaults, nameAt } from "./names.ts";

export const restartPolicies = ["Always", "OnFailure", "Never"];

/** Everything wrong with the spec of a pod. `claims` are volumes that will be there besides its own. */
export function podFaults(spec: JsonMap, where: string, claims: readonly string[] = []): Cause[] {
  const volumes = new Set([...list(spec.volumes).map(({ name }) => text(name)), ...claims]);
  const known = spec.restartPolicy === undefined || restartPolicies.includes(text(spec.restartPolicy));
  return [
    ...volumeFaults(spec, `${where}.volumes`),
    ...containersFaults(spec, where, volumes),
    ...(known ? [] : [notSupported(`${where}.restartPolicy`, spec.restartPolicy, restartPolicies)]),
    ...oneOf(`${where}.dnsPolicy`, spec.dnsPolicy, [
      "ClusterFirst",
      "ClusterFirstWithHostNet",
      "Default",
      "None",
    ]),
    ...labelFaults(spec.nodeSelector, `${where}.nodeSelector`),
    ...tolerationFaults(spec, `${where}.tolerations`),
  ];
}

function containersFaults(spec: JsonMap, where: string, volumes: ReadonlySet<string>): Cause[] {
  const faults: Cause[] = list(spec.containers).length === 0 ? [required(`${where}.containers`)] : [];
  const names = new Set<Json>();
  for (const sort of ["containers", "initContainers"])
    for (const [index, container] of list(spec[sort]).entries()) {
      const at = `${where}.${sort}[${index}]`;
      if (container.name && names.has(container.name)) faults.push(duplicate(`${at}.name`, container.name));
      names.add(container.name ?? "");
      faults.push(...containerFaults(container, at, volumes));
    }
  return faults;
}

/** Sources of volumes, and the field each must name what it takes from. */
const volumeSources = {
  emptyDir: "",
  hostPath: "path",
  secret: "secretName",
  nfs: "server",
  persistentVolumeClaim: "claimName",
  downwardAPI: "",
  configMap: "name",
  projected: "",
  ephemeral: "",
  csi: "driver",
  image: "",
};

function volumeFaults(spec: JsonMap, where: string): Cause[] {
  const volumes = list(spec.volumes);
  const faults = volumes.flatMap((volume, index) => {
    const at = `${where}[${index}]`;
    const given = Object.entries(volumeSources).filter(([source]) => isMap(volume[source]));
    const more = given
      .slice(1)
      .map(([source]) => forbiddenValue(`${at}.${source}`, "may not specify more than 1 volume type"));
    const [source, field] = given[0] ?? ["", ""];
    const isNamed = field === "" || text(map(volume[source])[field]) !== "";
    return [
      ...nameAt(`${at}.name`, volume.name, dnsLabel),
      ...more,
      ...(isNamed ? [] : [required(`${at}.${source}.${field}`)]),
    ];
  });
  return [
    ...faults,
    ...duplicates(
      volumes.map(({ name }) => name),
      (index) => `${where}[${index}].name`,
    ),
  ];
}

function tolerationFaults(spec: JsonMap, where: string): Cause[] {
  return list(spec.tolerations).flatMap(({ operator, effect }, index) => [
    ...oneOf(`${where}[${index}].operator`, operator || undefined, ["Equal", "Exists"]),
    ...oneOf(`${where}[${index}].effect`, effect || undefined, [
      "NoSchedule",
      "PreferNoSchedule",
      "NoExecute",
    ]),
  ]);
}
