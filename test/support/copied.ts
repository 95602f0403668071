import type { DesignNode } from "../../src/contract/design.ts";
import { nodeCompiler } from "../../src/core/compile/node-compiler.ts";
import { stacks } from "../../src/core/templates/stacks.ts";
import { fragmentOf } from "../../src/web/canvas/fragment.ts";
import { yamlOf } from "../../src/web/canvas/fragment-yaml.ts";
import { graphOf } from "../../src/web/canvas/graph.ts";
import { takeYaml } from "../../src/web/inspector/take-yaml.ts";
import { type Manifest, manifests } from "./manifests.ts";

/** Kinds that no cluster has by itself; and secrets that it does not take without their values, which are never copied. */
const isTaken = ({ text }: Manifest) =>
  !/^apiVersion: (monitoring|cert-manager)\.|^type: kubernetes\.io\//m.test(text);

/** Texts as they are on the clipboard after copying: of each sort of node by itself, and of whole drawings. */
export function copiedTexts(): { of: string; text: string }[] {
  const alone = manifests.filter(isTaken).map((manifest) => {
    const nodes = [nodeFrom(manifest)];
    return { of: manifest.place, text: copied(nodes) };
  });
  return [...alone, ...stacks.map(({ id, nodes, edges }) => ({ of: id, text: copied(nodes, edges) }))];
}

function copied(nodes: DesignNode[], edges: Parameters<typeof graphOf>[0]["edges"] = []): string {
  return yamlOf(fragmentOf(graphOf({ nodes, edges }), new Set(nodes.map(({ id }) => id))));
}

function nodeFrom({ type, text, place }: Manifest): DesignNode {
  const node: DesignNode = { id: "n", type, position: { x: 0, y: 0 }, data: {} };
  const design = { nodes: [node], edges: [] };
  const taken = takeYaml(text, node, nodeCompiler({ workflow_id: "w", namespace: "default", design }, "n"));
  if ("faults" in taken) throw new Error(`${place}: ${JSON.stringify(taken.faults)}`);
  return { ...node, data: taken.data };
}
