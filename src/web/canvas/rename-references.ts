import type { DesignNode } from "../../contract/design.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";

interface Renaming {
  /** New ids by old ones. */
  ids: ReadonlyMap<string, string>;
  /** The nodes as they were called. */
  nodes: readonly DesignNode[];
  nameOf(node: DesignNode): string | undefined;
}

const serving = ["deployment", "statefulset", "daemonset"];

/** The settings that name another node, and which kinds of node they name. */
const namedBy: Readonly<Record<string, readonly string[]>> = {
  targetApp: serving,
  serviceName: ["service"],
  scaleTargetName: ["deployment", "statefulset"],
  tlsSecretName: ["secret"],
  claimName: ["persistentvolumeclaim"],
  secretName: ["secret"],
};

const kindOfType: Readonly<Record<string, string>> = {
  configMap: "configmap",
  secret: "secret",
  persistentVolumeClaim: "persistentvolumeclaim",
  configMapKeyRef: "configmap",
  secretKeyRef: "secret",
  configMapRef: "configmap",
  secretRef: "secret",
};

/** Settings in which all that refers to nodes of a fragment by id or name refers to them as they are called now. */
export function renamed(data: DesignNode["data"], renaming: Renaming): DesignNode["data"] {
  return renamedIn(data, undefined, renaming) as DesignNode["data"];
}

function renamedIn(value: unknown, holder: string | undefined, renaming: Renaming): unknown {
  if (Array.isArray(value)) return value.map((each) => renamedIn(each, holder, renaming));
  if (typeof value !== "object" || value === null) return value;
  const type = (value as { type?: unknown }).type;
  const kind = kindOfType[typeof type === "string" ? type : (holder ?? "")];
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
    if (typeof each !== "string") return [key, renamedIn(each, key, renaming)];
    if (key === "nodeId" || key.startsWith("_linked")) return [key, renaming.ids.get(each) ?? each];
    const kinds = key === "name" && kind && holder !== undefined ? [kind] : namedBy[key];
    return [key, kinds ? newName(each, kinds, renaming) : each];
  });
  return Object.fromEntries(entries);
}

function newName(name: string, kinds: readonly string[], { nodes, nameOf }: Renaming): string {
  const node = nodes.find((each) => kinds.includes(each.type) && nameOfNode(each) === name);
  return (node && nameOf(node)) ?? name;
}
