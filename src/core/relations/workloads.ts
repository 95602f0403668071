import type { DesignNode } from "../../contract/design.ts";
import { nameOfNode } from "./node-names.ts";

/** Kinds whose pods serve. */
export const servingKinds: ReadonlySet<string> = new Set(["deployment", "statefulset", "daemonset"]);

/** Kinds whose number of pods an autoscaler may decide, and what Kubernetes calls them. */
export const scalableKinds: ReadonlyMap<string, "Deployment" | "StatefulSet"> = new Map([
  ["deployment", "Deployment"],
  ["statefulset", "StatefulSet"],
]);

/** Kinds that have pods at all. */
export const workloadKinds: ReadonlySet<string> = new Set([...servingKinds, "job", "cronjob"]);

interface Around {
  neighbours: readonly { node: DesignNode }[];
  nodeById(id: string): DesignNode | undefined;
  workloadNamed(name: string): DesignNode | undefined;
}

interface Linked {
  node: DesignNode;
  name: string;
}

/** The workload a service or policy is about: the one it names, else the one its edge reaches. */
export function linkedWorkload(
  { targetApp, _linkedDeployment }: { targetApp?: string; _linkedDeployment?: unknown },
  { neighbours, nodeById, workloadNamed }: Around,
): Linked | undefined {
  const joined = neighbours.find(({ node }) => servingKinds.has(node.type))?.node;
  const remembered = typeof _linkedDeployment === "string" ? nodeById(_linkedDeployment) : undefined;
  const node = (targetApp ? workloadNamed(targetApp) : undefined) ?? joined ?? remembered;
  return node && { node, name: nameOfNode(node) };
}

/** The ports a workload's containers declare, the main one's first. */
export function workloadPorts({
  data,
}: DesignNode): { number: number | undefined; name: string | undefined }[] {
  const main = typeof data.port === "number" && data.port > 0 ? [{ number: data.port, name: "http" }] : [];
  const listed = listOf(data.ports);
  const further = listOf(data.containers).flatMap((container) => {
    const { port, ports } = container as { port?: unknown; ports?: unknown };
    const own = typeof port === "number" && port > 0 ? [{ containerPort: port, name: "http" }] : [];
    return [...own, ...listOf(ports)];
  });
  const declared = [...listed, ...further].map((each) => {
    const { containerPort, name } = each as { containerPort?: unknown; name?: unknown };
    return {
      number: typeof containerPort === "number" ? containerPort : undefined,
      name: typeof name === "string" ? name : undefined,
    };
  });
  return listed.length > 0 ? declared : [...main, ...declared];
}

function listOf(value: unknown): object[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "object" && each !== null) : [];
}
