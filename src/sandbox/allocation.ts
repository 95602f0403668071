import { type JsonMap, list, map, number, type Obj, text } from "./objects.ts";

/** Addresses the API server hands out: an address of the cluster, and node ports where they are asked for. */
export function allocate(object: Obj, old: Obj | undefined, next: () => number): void {
  if (object.kind !== "Service" || !object.spec) return;
  const { spec } = object;
  const before = map(old?.spec);
  if (spec.type === "ExternalName") {
    delete spec.clusterIP;
    delete spec.clusterIPs;
    return;
  }
  if (!spec.clusterIP) spec.clusterIP = before.clusterIP ?? addressOf(next());
  spec.clusterIPs = [spec.clusterIP];
  if (spec.type !== "ClusterIP") allocatePorts(spec, list(before.ports), next);
}

const addressOf = (index: number) => `10.96.${(index >> 8) & 255}.${index & 255}`;
const firstPort = 30_000;

/** The highest number that these services show to have been given out. */
export function lastAllocated(services: readonly Obj[]): number {
  const numbers = services.flatMap(({ spec = {} }) => {
    const [, high, low] = /^10\.96\.(\d+)\.(\d+)$/.exec(text(spec.clusterIP)) ?? [];
    const ports = list(spec.ports).map(({ nodePort }) => number(nodePort, firstPort) - firstPort);
    return [Number(high ?? 0) * 256 + Number(low ?? 0), ...ports];
  });
  return Math.max(0, ...numbers);
}

function allocatePorts(spec: JsonMap, before: readonly JsonMap[], next: () => number): void {
  for (const port of list(spec.ports)) {
    const known = before.find((each) => each.port === port.port && each.protocol === port.protocol);
    port.nodePort = number(port.nodePort, 0) || number(known?.nodePort, firstPort + (next() % 2_768));
  }
}
