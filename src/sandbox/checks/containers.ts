import { isMap, type JsonMap, list, map, text } from "../objects.ts";
import { amountOf } from "../quantities.ts";
import type { Cause } from "../status.ts";
import { duplicates, invalidValue, notFoundValue, oneOf, required } from "./faults.ts";
import { dnsLabel, nameAt, portFaults, portNameFaults } from "./names.ts";
import { probeFaults } from "./probes.ts";

/** Everything wrong with one container. `volumes` are the names that it may mount. */
export function containerFaults(container: JsonMap, where: string, volumes: ReadonlySet<string>): Cause[] {
  return [
    ...nameAt(`${where}.name`, container.name, dnsLabel),
    ...(text(container.image) ? [] : [required(`${where}.image`)]),
    ...oneOf(`${where}.imagePullPolicy`, container.imagePullPolicy, ["Always", "IfNotPresent", "Never"]),
    ...containerPortFaults(container, `${where}.ports`),
    ...envFaults(container, `${where}.env`),
    ...envFromFaults(container, `${where}.envFrom`),
    ...mountFaults(container, `${where}.volumeMounts`, volumes),
    ...resourceFaults(map(container.resources), `${where}.resources`),
    ...probeFaults(container, where),
  ];
}

function containerPortFaults(container: JsonMap, where: string): Cause[] {
  const ports = list(container.ports);
  const faults = ports.flatMap((port, index) => {
    const at = `${where}[${index}]`;
    const name = text(port.name);
    return [
      ...(name ? portNameFaults(`${at}.name`, name) : []),
      ...(port.containerPort
        ? portFaults(`${at}.containerPort`, port.containerPort)
        : [required(`${at}.containerPort`)]),
      ...oneOf(`${at}.protocol`, port.protocol, ["SCTP", "TCP", "UDP"]),
    ];
  });
  return [
    ...faults,
    ...duplicates(
      ports.map(({ name }) => name),
      (index) => `${where}[${index}].name`,
    ),
  ];
}

const sources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];

function envFaults(container: JsonMap, where: string): Cause[] {
  return list(container.env).flatMap((variable, index) => {
    const at = `${where}[${index}]`;
    const name = text(variable.name);
    const faults: Cause[] = [];
    if (!name) faults.push(required(`${at}.name`));
    else if (!/^[ -<>-~]+$/.test(name))
      faults.push(
        invalidValue(
          `${at}.name`,
          name,
          "a valid environment variable name must consist only of printable ASCII characters other than '='",
        ),
      );
    if (isMap(variable.valueFrom))
      faults.push(...valueFromFaults(variable, variable.valueFrom, `${at}.valueFrom`));
    return faults;
  });
}

function valueFromFaults(variable: JsonMap, from: JsonMap, where: string): Cause[] {
  const given = sources.filter((source) => from[source] !== undefined);
  if (given.length === 0)
    return [
      invalidValue(
        where,
        "",
        "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`",
      ),
    ];
  if (text(variable.value))
    return [invalidValue(where, "", "may not be specified when `value` is not empty")];
  if (given.length > 1)
    return [invalidValue(where, "", "may not have more than one field specified at a time")];
  return ["configMapKeyRef", "secretKeyRef"].flatMap((source) =>
    isMap(from[source]) && !text(map(from[source]).key) ? [required(`${where}.${source}.key`)] : [],
  );
}

function envFromFaults(container: JsonMap, where: string): Cause[] {
  return list(container.envFrom).flatMap((source, index) => {
    const given = ["configMapRef", "secretRef"].filter((each) => isMap(source[each]));
    if (given.length === 1) return [];
    const why =
      given.length === 0
        ? "must specify one of: `configMapRef` or `secretRef`"
        : "may not have more than one field specified at a time";
    return [invalidValue(`${where}[${index}]`, "", why)];
  });
}

function mountFaults(container: JsonMap, where: string, volumes: ReadonlySet<string>): Cause[] {
  const paths = new Set<string>();
  return list(container.volumeMounts).flatMap((mount, index) => {
    const [name, path, subPath] = [text(mount.name), text(mount.mountPath), text(mount.subPath)];
    const at = `${where}[${index}]`;
    const faults: Cause[] = [];
    if (!name) faults.push(required(`${at}.name`));
    else if (!volumes.has(name)) faults.push(notFoundValue(`${at}.name`, name));
    if (!path) faults.push(required(`${at}.mountPath`));
    else if (paths.has(path)) faults.push(invalidValue(`${at}.mountPath`, path, "must be unique"));
    paths.add(path);
    // The server itself leaves the number of the mount out here.
    if (subPath.split("/").includes(".."))
      faults.push(invalidValue(`${where}.subPath`, subPath, "must not contain '..'"));
    return faults;
  });
}

function resourceFaults(resources: JsonMap, where: string): Cause[] {
  const limits = map(resources.limits);
  const below = ["limits", "requests"].flatMap((sort) =>
    Object.entries(map(resources[sort])).flatMap(([resource, value]) =>
      // Requests that were not given are the limits, which have been told of.
      amountOf(value) < 0 && (sort === "limits" || value !== limits[resource])
        ? [invalidValue(`${where}.${sort}[${resource}]`, String(value), "must be greater than or equal to 0")]
        : [],
    ),
  );
  const beyond = Object.entries(map(resources.requests)).flatMap(([resource, value]) =>
    limits[resource] !== undefined && amountOf(value) > amountOf(limits[resource])
      ? [
          invalidValue(
            `${where}.requests`,
            String(value),
            `must be less than or equal to ${resource} limit of ${String(limits[resource])}`,
          ),
        ]
      : [],
  );
  return [...below, ...beyond];
}
