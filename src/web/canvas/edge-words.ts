import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import { isCondition } from "../../core/relations/dependencies.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { workloadPorts } from "../../core/relations/ports.ts";
import { relationOf } from "../../core/relations/relations.ts";
import { titleOf } from "./node-words.ts";

/** How an edge is drawn: what the relation is called by its line. */
export type Line = "traffic" | "config" | "secret" | "storage" | "scaling" | "policy" | "dependency" | "none";

export function lineOf(edge: DesignEdge, source: DesignNode, target: DesignNode): Line {
  const relation = relationOf(source.type, target.type, edge.type);
  if (relation === undefined) return "none";
  if (relation === "configures") return [source.type, target.type].includes("secret") ? "secret" : "config";
  return lines[relation];
}

const lines = {
  routes: "traffic",
  serves: "traffic",
  mounts: "storage",
  scales: "scaling",
  guards: "policy",
  precedes: "dependency",
} as const;

/** The words on an edge. */
export function labelOf(edge: DesignEdge, source: DesignNode, target: DesignNode): string {
  const [from, to] = inOrder(edge, source, target);
  switch (lineOf(edge, source, target)) {
    case "traffic":
      return from.type === "ingress" ? routeLabel(from, to) : serviceLabel(from, to);
    case "config":
    case "secret":
    case "storage":
      return readLabel(from, to);
    case "scaling":
      return scalingLabel(from);
    case "policy":
      return "applies to";
    case "dependency":
      return `after ${conditionOf(edge, source)}`;
    default:
      return "means nothing";
  }
}

/** The two ends as the relation has them; edges may be drawn either way. */
function inOrder(edge: DesignEdge, source: DesignNode, target: DesignNode): [DesignNode, DesignNode] {
  if (edge.type === "dependency") return [source, target];
  const isTurned = rankOf(source.type) > rankOf(target.type);
  return isTurned ? [target, source] : [source, target];
}

function rankOf(kind: string): number {
  if (kind === "ingress") return 0;
  return ["service", "configmap", "secret", "persistentvolumeclaim", "hpa", "networkpolicy"].includes(kind)
    ? 1
    : 2;
}

export function conditionOf({ data, condition }: DesignEdge, source: DesignNode): string {
  const given = data?.condition ?? condition;
  if (isCondition(given)) return given === "exists" ? "it exists" : given;
  return source.type === "job" ? "completed" : "ready";
}

function routeLabel({ data }: DesignNode, service: DesignNode): string {
  const paths = Array.isArray(data.paths) ? (data.paths as { path?: unknown; serviceName?: unknown }[]) : [];
  const own = paths.find(({ serviceName }) => serviceName === nameOfNode(service)) ?? paths[0];
  const path = own?.path ?? data.path ?? "/";
  return `${path} → ${portOf(service) ?? 80}`;
}

function serviceLabel(service: DesignNode, workload: DesignNode): string {
  const [first] = Array.isArray(service.data.ports) ? (service.data.ports as Record<string, unknown>[]) : [];
  const own = workloadPorts(workload)[0]?.containerPort;
  const port = portOf(service) ?? own ?? 80;
  const target = first?.targetPort ?? service.data.targetPort ?? own ?? port;
  return `${port} → ${target || port}`;
}

function portOf({ data }: DesignNode): unknown {
  const [first] = Array.isArray(data.ports) ? (data.ports as Record<string, unknown>[]) : [];
  return first?.port ?? (data.port || undefined);
}

/** How a workload reads what is joined to it: by its environment, at a place in its files, or both. */
function readLabel(read: DesignNode, { data }: DesignNode): string {
  const name = nameOfNode(read);
  const isRead = (each: unknown) => {
    const { name: given, nodeId } = (each ?? {}) as { name?: unknown; nodeId?: unknown };
    return given === name || nodeId === read.id;
  };
  const environment = (Array.isArray(data.envFrom) ? data.envFrom : []).some(isRead) ? ["env"] : [];
  const mounts: unknown[] = Array.isArray(data.volumeMounts) ? data.volumeMounts : [];
  const places = mounts.filter(isRead).map((each) => String((each as { mountPath?: unknown }).mountPath));
  const usual = places.length > 0 ? places : [usualPlace(read)];
  return [...environment, ...usual].join(", ");
}

function usualPlace(read: DesignNode): string {
  const { mountPath } = read.data;
  if (typeof mountPath === "string" && mountPath.trim() !== "") return mountPath.trim();
  if (read.type === "configmap") return "/etc/config";
  return read.type === "secret" ? "/etc/secrets" : `/data/${nameOfNode(read)}`;
}

function scalingLabel({ data }: DesignNode): string {
  const { minReplicas = 1, maxReplicas, targetCPUUtilization: cpu, targetMemoryUtilization: memory } = data;
  const at = cpu !== undefined ? ` at ${cpu} % CPU` : memory !== undefined ? ` at ${memory} % memory` : "";
  return `${minReplicas}–${maxReplicas ?? "?"}${at}`;
}

/** An edge in words: `Service door sends traffic to Deployment api: 80 → 8080`. */
export function edgeName(edge: DesignEdge, source: DesignNode, target: DesignNode): string {
  const sentence = sentenceOf(edge, source, target);
  const line = lineOf(edge, source, target);
  return ["dependency", "policy", "none"].includes(line)
    ? sentence
    : `${sentence}: ${labelOf(edge, source, target)}`;
}

/** An edge as a sentence, for the outline, for announcements and for screen readers. */
export function sentenceOf(edge: DesignEdge, source: DesignNode, target: DesignNode): string {
  const [from, to] = inOrder(edge, source, target);
  const [a, b] = [`${titleOf(from.type)} ${nameOfNode(from)}`, `${titleOf(to.type)} ${nameOfNode(to)}`];
  switch (lineOf(edge, source, target)) {
    case "traffic":
      return `${a} sends traffic to ${b}`;
    case "config":
    case "secret":
      return `${a} configures ${b}`;
    case "storage":
      return `${a} keeps the files of ${b}`;
    case "scaling":
      return `${a} scales ${b}`;
    case "policy":
      return `${a} guards ${b}`;
    case "dependency":
      return `${b} waits for ${a}: ${labelOf(edge, source, target)}`;
    default:
      return `${a} and ${b} are joined by an edge that means nothing`;
  }
}
