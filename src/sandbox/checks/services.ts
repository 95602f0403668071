import { type JsonMap, list, number, text } from "../objects.ts";
import type { Cause } from "../status.ts";
import { duplicate, duplicates, forbiddenValue, notSupported, oneOf, required } from "./faults.ts";
import { dnsSubdomain, labelFaults, nameAt, portFaults, portNameFaults, portOrNameFaults } from "./names.ts";

const types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];

export function serviceFaults(spec: JsonMap): Cause[] {
  const ports = list(spec.ports);
  const isExternal = spec.type === "ExternalName";
  const needsPorts = !isExternal && spec.clusterIP !== "None";
  return [
    ...(needsPorts && ports.length === 0 ? [required("spec.ports")] : []),
    ...ports.flatMap((port, index) => servicePortFaults(port, `spec.ports[${index}]`, ports.length, spec)),
    ...duplicates(
      ports.map(({ name }) => name),
      (index) => `spec.ports[${index}].name`,
    ),
    ...samePortFaults(ports),
    ...labelFaults(spec.selector, "spec.selector"),
    ...oneOf("spec.sessionAffinity", spec.sessionAffinity, ["ClientIP", "None"]),
    ...(types.includes(text(spec.type)) ? [] : [notSupported("spec.type", spec.type, types)]),
    ...(isExternal ? nameAt("spec.externalName", spec.externalName, dnsSubdomain) : []),
  ];
}

function servicePortFaults(
  port: JsonMap,
  where: string,
  count: number,
  { type, clusterIP }: JsonMap,
): Cause[] {
  const name = text(port.name);
  const isClusterOnly = type === "ClusterIP" || clusterIP === "None";
  return [
    ...(name ? portNameFaults(`${where}.name`, name) : count > 1 ? [required(`${where}.name`)] : []),
    ...portFaults(`${where}.port`, port.port),
    ...oneOf(`${where}.protocol`, port.protocol, ["SCTP", "TCP", "UDP"]),
    ...(clusterIP === "None" && port.targetPort === undefined
      ? []
      : portOrNameFaults(`${where}.targetPort`, port.targetPort ?? 0)),
    ...(isClusterOnly && number(port.nodePort, 0) > 0
      ? [forbiddenValue(`${where}.nodePort`, "may not be used when `type` is 'ClusterIP'")]
      : []),
  ];
}

function samePortFaults(ports: readonly JsonMap[]): Cause[] {
  const seen = new Set<string>();
  return ports.flatMap(({ port, protocol, appProtocol }, index) => {
    const key = `${text(protocol)}/${number(port, 0)}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    // The server shows its own form of the port.
    const shown = {
      Name: "",
      Protocol: text(protocol),
      AppProtocol: appProtocol ?? null,
      Port: number(port, 0),
      TargetPort: 0,
      NodePort: 0,
    };
    return [duplicate(`spec.ports[${index}]`, shown)];
  });
}
