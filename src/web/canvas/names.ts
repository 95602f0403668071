import type { DesignNode } from "../../contract/design.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";

/** A name that no node of the kind bears yet: the wanted one, else with the next free number. */
export function uniqueName(wanted: string, kind: string, nodes: Iterable<DesignNode>): string {
  const taken = new Set<string>();
  for (const node of nodes) if (node.type === kind) taken.add(nameOfNode(node));
  if (!taken.has(wanted)) return wanted;
  const base = wanted.replace(/-\d+$/, "");
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}

const firstNames: Readonly<Record<string, string>> = {
  deployment: "app",
  statefulset: "db",
  daemonset: "agent",
  job: "task",
  cronjob: "nightly",
  configmap: "settings",
  secret: "credentials",
  persistentvolumeclaim: "data",
  hpa: "autoscaler",
  networkpolicy: "policy",
};

/** What a new node of a kind is called before somebody says otherwise. */
export function suggestedName(kind: string, nodes: Iterable<DesignNode>): string {
  return uniqueName(firstNames[kind] ?? kind, kind, nodes);
}

const firstSettings: Readonly<Record<string, Record<string, unknown>>> = {
  deployment: { replicas: 1 },
  statefulset: { replicas: 1 },
  cronjob: { schedule: "0 3 * * *" },
  persistentvolumeclaim: { storage: "1Gi", accessModes: ["ReadWriteOnce"] },
  hpa: { minReplicas: 1, maxReplicas: 3, targetCPUUtilization: 80 },
  networkpolicy: { policyTypes: ["Ingress"] },
  object: { manifest: { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "account" } } },
};

/** The settings a new node begins with. */
export function newNode(
  id: string,
  kind: string,
  name: string,
  position: DesignNode["position"],
): DesignNode {
  return { id, type: kind, position, data: { name, ...structuredClone(firstSettings[kind] ?? {}) } };
}

/** A long name with its middle left out, where names differ least. */
export function middleEllipsis(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.ceil((most - 1) / 2);
  return `${text.slice(0, most - 1 - end)}…${text.slice(-end)}`;
}
