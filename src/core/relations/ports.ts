import type { DesignNode } from "../../contract/design.ts";
import { type Around, servedWorkload } from "./workloads.ts";

/** A port as a container declares it. */
export interface ContainerPort {
  name?: string;
  containerPort: number;
  protocol: string;
  [further: string]: unknown;
}

/** The ports a container declares: those listed, after the one that settings call its port. */
export function containerPorts({ port, ports }: { port?: unknown; ports?: unknown }): ContainerPort[] {
  const listed = listOf(ports).map((each): ContainerPort => {
    const { name, containerPort, protocol } = each;
    return {
      ...(typeof name === "string" && { name }),
      containerPort: typeof containerPort === "number" ? containerPort : 0,
      protocol: typeof protocol === "string" ? protocol : "TCP",
      ...rest(each),
    };
  });
  if (typeof port !== "number" || port <= 0) return listed;
  if (listed.some(({ containerPort, protocol }) => containerPort === port && protocol === "TCP"))
    return listed;
  const isFree = listed.every(({ name }) => name !== "http");
  return [{ containerPort: port, protocol: "TCP", ...(isFree && { name: "http" }) }, ...listed];
}

function rest({ hostPort, hostIP }: Record<string, unknown>) {
  return { ...(hostPort !== undefined && { hostPort }), ...(hostIP !== undefined && { hostIP }) };
}

/** The ports that all of a workload's containers declare, the main one's first. */
export function workloadPorts({ data }: DesignNode): ContainerPort[] {
  return [data, ...listOf(data.containers)].flatMap(containerPorts);
}

/** The port under which a service is reached first, before its own settings are checked. */
export function servicePort(service: DesignNode, around: Around): number | undefined {
  const { port, ports } = service.data;
  const [first] = listOf(ports);
  const given = first ? first.port : port;
  if (typeof given === "number" && given > 0) return given;
  const workload = servedWorkload(service.data, around)?.node;
  return (workload && workloadPorts(workload)[0]?.containerPort) || 80;
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "object" && each !== null) : [];
}
