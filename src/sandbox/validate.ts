import { at, isMap, type JsonMap, list, map, number, type Obj, same, text } from "./objects.ts";
import type { Cause } from "./status.ts";

const invalidValue = (field: string, value: unknown, why: string): Cause => ({
  reason: "FieldValueInvalid",
  message: `Invalid value: ${typeof value === "string" ? JSON.stringify(value) : JSON.stringify(value ?? null)}: ${why}`,
  field,
});
const required = (field: string, why = ""): Cause => ({
  reason: "FieldValueRequired",
  message: `Required value${why && `: ${why}`}`,
  field,
});
const duplicate = (field: string, value: unknown): Cause => ({
  reason: "FieldValueDuplicate",
  message: `Duplicate value: ${JSON.stringify(value)}`,
  field,
});

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const quantity = /^[+-]?(\d+(\.\d*)?|\.\d+)(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?\d+))?$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const labelNamed = new Set(["Service", "Namespace"]);

/** What a real server would say of a new object, or of a new state of an old one. */
export function faultsOf(object: Obj, old: Obj | undefined): Cause[] {
  const { metadata, kind, spec = {} } = object;
  const faults = [...nameFaults(kind, metadata.name), ...labelFaults(metadata.labels, "metadata.labels")];
  const own = Object.hasOwn(byKind, kind) ? byKind[kind] : undefined;
  if (own) faults.push(...own(spec, object));
  if (old) faults.push(...fixedFaults(object, old));
  return faults;
}

function nameFaults(kind: string, name: string): Cause[] {
  const isLabel = labelNamed.has(kind);
  const rule = kind === "Service" ? /^[a-z]([-a-z0-9]*[a-z0-9])?$/ : isLabel ? label : subdomain;
  const longest = isLabel ? 63 : kind === "CronJob" ? 52 : 253;
  if (kind.startsWith("Role") || kind.startsWith("ClusterRole")) return [];
  if (rule.test(name) && name.length <= longest) return [];
  const form = isLabel ? "a lowercase RFC 1123 label" : "a lowercase RFC 1123 subdomain";
  return [
    invalidValue(
      "metadata.name",
      name,
      `${form} must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character`,
    ),
  ];
}

function labelFaults(labels: unknown, field: string): Cause[] {
  return Object.entries(map(labels)).flatMap(([, value]) =>
    typeof value === "string" && labelValue.test(value) && value.length <= 63
      ? []
      : [
          invalidValue(
            field,
            value,
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.'",
          ),
        ],
  );
}

const byKind: Readonly<Record<string, (spec: JsonMap, object: Obj) => Cause[]>> = {
  Pod: (spec) => podFaults(spec, "spec"),
  Deployment: (spec) => [...countFaults(spec, "spec.replicas"), ...workloadFaults(spec)],
  StatefulSet: (spec) => [
    ...countFaults(spec, "spec.replicas"),
    ...workloadFaults(spec),
    ...policyFaults(spec, ["Always"]),
  ],
  DaemonSet: (spec) => [...workloadFaults(spec), ...policyFaults(spec, ["Always"])],
  Job: (spec) => [
    ...podFaults(map(map(spec.template).spec), "spec.template.spec"),
    ...policyFaults(spec, ["Never", "OnFailure"]),
  ],
  CronJob(spec) {
    const inner = map(map(spec.jobTemplate).spec);
    const faults = podFaults(map(map(inner.template).spec), "spec.jobTemplate.spec.template.spec");
    if (!/^(@\w+( \S+)?|\S+( \S+){4})$/.test(text(spec.schedule).trim()))
      faults.push(invalidValue("spec.schedule", spec.schedule, "expected exactly 5 fields"));
    return [...faults, ...policyFaults(inner, ["Never", "OnFailure"], "spec.jobTemplate.spec")];
  },
  Service: serviceFaults,
  PersistentVolumeClaim(spec) {
    const storage = at(spec, "resources", "requests", "storage");
    if (storage === undefined) return [required("spec.resources[storage]")];
    return isQuantity(storage)
      ? []
      : [invalidValue("spec.resources[storage]", storage, "must be a quantity")];
  },
  HorizontalPodAutoscaler(spec) {
    const [min, max] = [number(spec.minReplicas, 1), number(spec.maxReplicas, 0)];
    if (max < 1) return [invalidValue("spec.maxReplicas", max, "must be greater than 0")];
    return min > max
      ? [invalidValue("spec.maxReplicas", max, "must be greater than or equal to `minReplicas`")]
      : [];
  },
  Ingress(spec) {
    const rules = list(spec.rules);
    if (rules.length === 0 && !isMap(spec.defaultBackend))
      return [invalidValue("spec", [], "either `defaultBackend` or `rules` must be specified")];
    return rules.flatMap((rule, index) =>
      list(map(rule.http).paths).flatMap((path, at) =>
        text(path.path, "/").startsWith("/")
          ? []
          : [
              invalidValue(
                `spec.rules[${index}].http.paths[${at}].path`,
                path.path,
                "must be an absolute path",
              ),
            ],
      ),
    );
  },
  ConfigMap: (_, object) => keyFaults(object.data),
  Secret: (_, object) => keyFaults(object.data),
};

const isQuantity = (value: unknown) =>
  typeof value === "number" || (typeof value === "string" && quantity.test(value));

function keyFaults(data: unknown): Cause[] {
  return Object.keys(map(data)).flatMap((key) =>
    /^[-._a-zA-Z0-9]{1,253}$/.test(key)
      ? []
      : [
          invalidValue(
            `data[${key}]`,
            key,
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
          ),
        ],
  );
}

function countFaults(spec: JsonMap, field: string): Cause[] {
  return number(spec.replicas, 0) < 0
    ? [invalidValue(field, spec.replicas, "must be greater than or equal to 0")]
    : [];
}

function policyFaults(spec: JsonMap, allowed: readonly string[], field = "spec"): Cause[] {
  const policy = at(spec, "template", "spec", "restartPolicy");
  if (allowed.includes(text(policy))) return [];
  return [
    {
      reason: "FieldValueNotSupported",
      message: `Unsupported value: ${JSON.stringify(policy ?? "")}: supported values: ${allowed.map((each) => `"${each}"`).join(", ")}`,
      field: `${field}.template.spec.restartPolicy`,
    },
  ];
}

function workloadFaults(spec: JsonMap): Cause[] {
  const selector = map(at(spec, "selector", "matchLabels"));
  const labels = map(at(spec, "template", "metadata", "labels"));
  const faults = podFaults(map(at(spec, "template", "spec")), "spec.template.spec");
  if (Object.keys(selector).length === 0) faults.push(required("spec.selector"));
  else if (!Object.entries(selector).every(([key, value]) => labels[key] === value))
    faults.push(
      invalidValue("spec.template.metadata.labels", labels, "`selector` does not match template `labels`"),
    );
  return [...faults, ...labelFaults(labels, "spec.template.labels")];
}

function podFaults(spec: JsonMap, field: string): Cause[] {
  const volumes = list(spec.volumes).map(({ name }) => text(name));
  const claims = list(spec.containers).length;
  const faults: Cause[] = claims === 0 ? [required(`${field}.containers`)] : [];
  const names = new Set<string>();
  for (const [key, containers] of [
    ["containers", list(spec.containers)],
    ["initContainers", list(spec.initContainers)],
  ] as const)
    for (const [index, container] of containers.entries()) {
      const where = `${field}.${key}[${index}]`;
      const name = text(container.name);
      if (names.has(name)) faults.push(duplicate(`${where}.name`, name));
      names.add(name);
      faults.push(...containerFaults(container, where, volumes));
    }
  const seen = new Set<string>();
  for (const [index, name] of volumes.entries()) {
    if (seen.has(name)) faults.push(duplicate(`${field}.volumes[${index}].name`, name));
    seen.add(name);
    if (!label.test(name) || name.length > 63)
      faults.push(
        invalidValue(
          `${field}.volumes[${index}].name`,
          name,
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'",
        ),
      );
  }
  return faults;
}

function containerFaults(container: JsonMap, where: string, volumes: readonly string[]): Cause[] {
  const faults: Cause[] = [];
  const name = text(container.name);
  if (!label.test(name) || name.length > 63)
    faults.push(
      invalidValue(
        `${where}.name`,
        name,
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'",
      ),
    );
  if (!text(container.image)) faults.push(required(`${where}.image`));
  else if (/\s/.test(text(container.image)))
    faults.push(
      invalidValue(`${where}.image`, container.image, "must not have leading or trailing whitespace"),
    );
  const ports = new Set<string>();
  for (const [index, port] of list(container.ports).entries()) {
    const at = `${where}.ports[${index}]`;
    if (number(port.containerPort, 0) < 1 || number(port.containerPort, 0) > 65_535)
      faults.push(
        invalidValue(
          `${at}.containerPort`,
          port.containerPort ?? 0,
          "must be between 1 and 65535, inclusive",
        ),
      );
    if (typeof port.name === "string" && ports.has(port.name))
      faults.push(duplicate(`${at}.name`, port.name));
    ports.add(text(port.name));
  }
  for (const [index, variable] of list(container.env).entries())
    if (!/^[^\s=]+$/.test(text(variable.name)))
      faults.push(
        invalidValue(
          `${where}.env[${index}].name`,
          variable.name,
          "a valid environment variable name must consist only of printable ASCII characters other than '='",
        ),
      );
  const paths = new Set<string>();
  for (const [index, mount] of list(container.volumeMounts).entries()) {
    const at = `${where}.volumeMounts[${index}]`;
    const isKnown = volumes.includes(text(mount.name));
    if (!isKnown && !mountsClaims.has(container))
      faults.push({
        reason: "FieldValueNotFound",
        message: `Not found: ${JSON.stringify(mount.name)}`,
        field: `${at}.name`,
      });
    if (paths.has(text(mount.mountPath)))
      faults.push(invalidValue(`${at}.mountPath`, mount.mountPath, "must be unique"));
    paths.add(text(mount.mountPath));
  }
  for (const kind of ["requests", "limits"])
    for (const [resource, value] of Object.entries(map(map(container.resources)[kind])))
      if (!isQuantity(value))
        faults.push(
          invalidValue(
            `${where}.resources.${kind}[${resource}]`,
            value,
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
          ),
        );
  return faults;
}

/** Containers of a StatefulSet, whose mounts may also be of its claims. */
const mountsClaims = new WeakSet<JsonMap>();

export function noteClaims({ kind, spec }: Obj): void {
  if (kind === "StatefulSet" && list(spec?.volumeClaimTemplates).length > 0)
    for (const container of list(at(spec, "template", "spec", "containers"))) mountsClaims.add(container);
}

function serviceFaults(spec: JsonMap): Cause[] {
  const ports = list(spec.ports);
  const isHeadless = spec.clusterIP === "None";
  if (ports.length === 0 && !isHeadless && spec.type !== "ExternalName") return [required("spec.ports")];
  const names = new Set<string>();
  const numbers = new Set<string>();
  return ports.flatMap((port, index) => {
    const where = `spec.ports[${index}]`;
    const faults: Cause[] = [];
    if (ports.length > 1 && !text(port.name)) faults.push(required(`${where}.name`));
    if (names.has(text(port.name))) faults.push(duplicate(`${where}.name`, port.name));
    const key = `${port.port}/${port.protocol}`;
    if (numbers.has(key)) faults.push(duplicate(where, { port: port.port, protocol: port.protocol }));
    if (number(port.port, 0) < 1 || number(port.port, 0) > 65_535)
      faults.push(invalidValue(`${where}.port`, port.port ?? 0, "must be between 1 and 65535, inclusive"));
    names.add(text(port.name));
    numbers.add(key);
    return faults;
  });
}

const statefulMay = new Set([
  "replicas",
  "ordinals",
  "template",
  "updateStrategy",
  "revisionHistoryLimit",
  "persistentVolumeClaimRetentionPolicy",
  "minReadySeconds",
]);

/** Fields that stay as they were made. */
function fixedFaults(object: Obj, old: Obj): Cause[] {
  const [now, was] = [map(object.spec), map(old.spec)];
  const fixed = (field: string) => {
    const path = field.split(".");
    return same(at(object, ...path), at(old, ...path))
      ? []
      : [invalidValue(field, at(object, ...path), "field is immutable")];
  };
  switch (object.kind) {
    case "Deployment":
    case "DaemonSet":
      return fixed("spec.selector");
    case "Job":
      return [
        ...fixed("spec.selector"),
        ...fixed("spec.completions"),
        ...fixed("spec.template"),
        ...fixed("spec.completionMode"),
      ];
    case "StatefulSet": {
      const changed = Object.keys({ ...now, ...was }).some(
        (key) => !statefulMay.has(key) && !same(now[key], was[key]),
      );
      return changed
        ? [
            {
              reason: "FieldValueForbidden",
              message:
                "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
              field: "spec",
            },
          ]
        : [];
    }
    case "PersistentVolumeClaim": {
      const { resources: _, volumeName: __, ...rest } = now;
      const { resources: ___, volumeName: ____, ...before } = was;
      return same(rest, before)
        ? []
        : [
            {
              reason: "FieldValueForbidden",
              message:
                "Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims",
              field: "spec",
            },
          ];
    }
    case "Service":
      return text(was.clusterIP) && text(now.type) !== "ExternalName" ? fixed("spec.clusterIP") : [];
    case "Secret":
      return [
        ...fixed("type"),
        ...(old.immutable === true && !same(object.data, old.data)
          ? [
              {
                reason: "FieldValueForbidden",
                message: "Forbidden: field is immutable when `immutable` is set",
                field: "data",
              },
            ]
          : []),
      ];
    case "ConfigMap":
      return old.immutable === true && !same(object.data, old.data)
        ? [
            {
              reason: "FieldValueForbidden",
              message: "Forbidden: field is immutable when `immutable` is set",
              field: "data",
            },
          ]
        : [];
    default:
      return [];
  }
}
