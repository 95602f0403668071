import { type JsonMap, list, map, number, type Obj } from "./objects.ts";

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

function allocatePorts(spec: JsonMap, before: readonly JsonMap[], next: () => number): void {
  for (const port of list(spec.ports)) {
    const known = before.find((each) => each.port === port.port && each.protocol === port.protocol);
    port.nodePort = number(port.nodePort, 0) || number(known?.nodePort, 30_000 + (next() % 2_768));
  }
}
