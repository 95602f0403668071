import { at, isMap, type JsonMap, list, map, number, type Obj, text } from "../objects.ts";
import { amountOf } from "../quantities.ts";
import type { Cause } from "../status.ts";
import { forbiddenValue, invalidValue, notSupported, oneOf, required } from "./faults.ts";
import { dnsSubdomain, ruleFaults } from "./names.ts";

const accessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

export function claimFaults(spec: JsonMap): Cause[] {
  const modes = Array.isArray(spec.accessModes) ? spec.accessModes : [];
  const storage = at(spec, "resources", "requests", "storage");
  const field = "spec.resources[storage]";
  const faults: Cause[] = modes.flatMap((mode) =>
    accessModes.includes(text(mode)) ? [] : [notSupported("spec.accessModes", mode, accessModes)],
  );
  if (modes.length === 0) faults.push(required("spec.accessModes", "at least 1 access mode is required"));
  if (storage === undefined) faults.push(required(field));
  else if (amountOf(storage) <= 0) faults.push(invalidValue(field, storage, "must be greater than zero"));
  faults.push(...oneOf("spec.volumeMode", spec.volumeMode, ["Block", "Filesystem"]));
  const storageClass = text(spec.storageClassName);
  return storageClass
    ? [...faults, ...ruleFaults("spec.storageClassName", storageClass, dnsSubdomain)]
    : faults;
}

export function autoscalerFaults(spec: JsonMap): Cause[] {
  const [min, max] = [number(spec.minReplicas, 1), number(spec.maxReplicas, 0)];
  const faults: Cause[] = [];
  if (min < 1) faults.push(invalidValue("spec.minReplicas", min, "must be greater than or equal to 1"));
  if (max < 1) faults.push(invalidValue("spec.maxReplicas", max, "must be greater than 0"));
  if (max < min)
    faults.push(invalidValue("spec.maxReplicas", max, "must be greater than or equal to `minReplicas`"));
  faults.push(...targetFaults(map(spec.scaleTargetRef)));
  for (const [index, metric] of list(spec.metrics).entries())
    faults.push(...metricFaults(metric, `spec.metrics[${index}]`));
  if (min === 0)
    faults.push(
      forbiddenValue(
        "spec.metrics",
        "must specify at least one Object or External metric to support scaling to zero replicas",
      ),
    );
  return faults;
}

function targetFaults({ kind, name, apiVersion }: JsonMap): Cause[] {
  const where = "spec.scaleTargetRef";
  return [
    ...(text(kind) ? [] : [required(`${where}.kind`)]),
    ...(text(name) ? [] : [required(`${where}.name`)]),
    ...(text(apiVersion)
      ? []
      : [invalidValue(`${where}.apiVersion`, "", "apiVersion must specify API group")]),
  ];
}

const metricSources: Readonly<Record<string, string>> = {
  ContainerResource: "containerResource",
  External: "external",
  Object: "object",
  Pods: "pods",
  Resource: "resource",
};

function metricFaults(metric: JsonMap, where: string): Cause[] {
  const type = text(metric.type);
  const source = Object.hasOwn(metricSources, type) ? (metricSources[type] ?? "") : "";
  if (!source) return [notSupported(`${where}.type`, type, Object.keys(metricSources))];
  if (!isMap(metric[source]))
    return [required(`${where}.${source}`, "must populate information for the given metric source")];
  return source === "resource" ? resourceMetricFaults(map(metric.resource), `${where}.resource`) : [];
}

function resourceMetricFaults({ name, target }: JsonMap, where: string): Cause[] {
  const { averageUtilization, averageValue } = map(target);
  const field = `${where}.target.averageUtilization`;
  const faults = text(name) ? [] : [required(`${where}.name`, "must specify a resource name")];
  if (averageUtilization === undefined && averageValue === undefined)
    return [...faults, required(field, "must set either a target raw value or a target utilization")];
  if (averageUtilization !== undefined && number(averageUtilization, 0) < 1)
    return [...faults, invalidValue(field, averageUtilization, "must be greater than 0")];
  return faults;
}

/** Keys of ConfigMaps and Secrets: file names. */
export function keysFaults(data: unknown): Cause[] {
  return Object.keys(map(data)).flatMap((key) =>
    key === "." || key.startsWith("..")
      ? [
          invalidValue(
            `data[${key}]`,
            key,
            key.length < 3 ? `must not be '${key}'` : "must not start with '..'",
          ),
        ]
      : /^[-._a-zA-Z0-9]{1,253}$/.test(key)
        ? []
        : [
            invalidValue(
              `data[${key}]`,
              key,
              "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
            ),
          ],
  );
}

const keysOfType: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
};

/** Secrets of certain types have certain content. */
export function secretFaults({ data, type }: Obj): Cause[] {
  const given = map(data);
  const missing = (keysOfType[text(type)] ?? []).filter((key) => given[key] === undefined);
  return [
    ...keysFaults(data),
    ...missing.map((key) => required(`data[${key}]`)),
    ...(type === "kubernetes.io/dockerconfigjson" ? dockerFaults(text(given[".dockerconfigjson"])) : []),
  ];
}

function dockerFaults(encoded: string): Cause[] {
  try {
    if (encoded === "" || isMap(JSON.parse(Buffer.from(encoded, "base64").toString()))) return [];
  } catch {
    // Told below, as what is JSON but no object.
  }
  return [invalidValue("data[.dockerconfigjson]", "<secret contents redacted>", "must be a JSON object")];
}
