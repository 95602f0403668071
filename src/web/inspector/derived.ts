import type { Design, DesignNode } from "../../contract/design.ts";
import { catalog } from "../../core/catalog/catalog.ts";
import { overruled } from "../../core/compile/from-objects.ts";
import { nodeCompiler } from "../../core/compile/node-compiler.ts";

/** What a node's settings come to where it stands, beside what it says itself. */
export interface Derived {
  /** Settings that were not said, with what holds instead. */
  values: Readonly<Record<string, unknown>>;
  /** Those of them that an edge brings. */
  fromEdge: ReadonlySet<string>;
  /** Those the node's YAML says otherwise. */
  overruled: ReadonlySet<string>;
  /** An autoscaler decides on the replicas. */
  isScaled: boolean;
}

/** What an edge may say in a node's stead. */
const broughtByEdges: ReadonlySet<string> = new Set([
  "namespace",
  "targetApp",
  "port",
  "targetPort",
  "ports",
  "paths",
  "scaleTargetKind",
  "scaleTargetName",
  "podSelector",
  "ingressRules",
  "egressRules",
  "volumeMounts",
  "volumes",
]);

export const nothingDerived: Derived = {
  values: {},
  fromEdge: new Set(),
  overruled: new Set(),
  isScaled: false,
};

interface Place {
  workflow_id: string;
  namespace: string;
}

export function derivedOf(node: DesignNode, design: Design, place: Place): Derived {
  const kind = catalog.get(node.type);
  const toObjects = nodeCompiler({ ...place, design }, node.id);
  const main = toObjects(node.data).objects.at(-1);
  if (!kind || !main || node.type === "object") return nothingDerived;
  const alone = nodeCompiler(
    { ...place, design: { ...design, edges: [] } },
    node.id,
  )(node.data).objects.at(-1);
  const read = kind.read(main, node.data);
  const own = alone ? kind.read(alone, node.data) : {};
  const usual: Readonly<Record<string, unknown>> = { namespace: place.namespace };
  const values = Object.fromEntries(
    Object.entries(read).filter(([key, value]) => node.data[key] === undefined && value !== undefined),
  );
  const isOther = (key: string) =>
    broughtByEdges.has(key) && JSON.stringify(own[key] ?? usual[key]) !== JSON.stringify(values[key]);
  return {
    values,
    fromEdge: new Set(Object.keys(values).filter(isOther)),
    overruled: new Set(overruled(node, toObjects)),
    isScaled: "replicas" in kind.settings.properties && main.spec?.replicas === undefined,
  };
}
