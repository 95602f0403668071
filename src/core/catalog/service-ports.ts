import type { ContainerPort } from "../relations/ports.ts";
import type { Fault } from "./fault.ts";
import type { ServicePort, ServiceSettings } from "./service-settings.ts";
import { duplicateFaults, pointer } from "./text-values.ts";

type Ports = Pick<ServiceSettings, "ports">;

/** Ports of one service are told apart by name, and by number and protocol. */
export function portFaults(given: Ports, ports: readonly ServicePort[]): Fault[] {
  const at = (key: string) => (index: number) => placeOf(given, index, key);
  const numbered = ({ port: number, protocol }: ServicePort) => `${number}/${protocol}`;
  return [
    ...duplicateFaults(ports, ({ name }) => name, at("name"), "The port name"),
    ...duplicateFaults(ports, numbered, at("port"), "The port"),
  ];
}

/** Names must be known to the containers; numbers need not be, but then they usually are a mistake. */
export function targetFindings(
  given: Ports,
  ports: readonly ServicePort[],
  { name: app, known }: { name: string; known: readonly ContainerPort[] },
): { faults: Fault[]; warnings: Fault[] } {
  const faults: Fault[] = [];
  const warnings: Fault[] = [];
  for (const [index, { targetPort: target }] of ports.entries()) {
    const path = placeOf(given, index, "targetPort");
    if (known.some(({ containerPort, name }) => target === containerPort || target === name)) continue;
    const message = `No container of “${app}” declares the port ${target}`;
    if (typeof target === "string") faults.push({ path, code: "port-name-unknown", message });
    else if (known.length > 0) warnings.push({ path, code: "port-not-declared", message });
  }
  return { faults, warnings };
}

/** Without an address of its own a service cannot be reached from outside. */
export function headlessFaults({ clusterIP }: ServiceSettings, type: string): Fault[] {
  if (clusterIP !== "None" || type === "ClusterIP") return [];
  const message = `A headless service cannot be of the type ${type}`;
  return [{ path: "/clusterIP", code: "headless-exposed", message }];
}

function placeOf({ ports }: Ports, index: number, key: string): string {
  return ports?.length ? pointer("ports", index, key) : pointer(key);
}
