import type { Design, DesignEdge, DesignNode } from "../../src/contract/design.ts";
import { type Compiled, compileDesign } from "../../src/core/compile/compile-design.ts";
import type { CompileInput } from "../../src/core/compile/compile-input.ts";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";

/** A node at no place in particular. Without a name of its own it is called by its id. */
export function nodeOf(id: string, type: string, data: Record<string, unknown> = {}): DesignNode {
  return { id, type, position: { x: 0, y: 0 }, data };
}

export function edgeOf(source: string, target: string, more: Partial<DesignEdge> = {}): DesignEdge {
  return { id: `${source}-${target}`, source, target, ...more };
}

/** An edge that makes its target wait for its source. */
export function dependencyOf(source: string, target: string, condition?: string): DesignEdge {
  const said = condition === undefined ? {} : { data: { condition } };
  return edgeOf(source, target, { id: `${source}-before-${target}`, type: "dependency", ...said });
}

export function compileAll(
  nodes: DesignNode[],
  edges: Design["edges"] = [],
  more: Partial<CompileInput> = {},
): Compiled {
  return compileDesign({ workflow_id: "wf", namespace: "shop", design: { nodes, edges }, ...more });
}

type Loose = KubernetesObject & Record<string, unknown>;

/** The main object of the first node, which must be without fault. */
export function objectOf(
  nodes: DesignNode[],
  edges: Design["edges"] = [],
  more: Partial<CompileInput> = {},
): Loose {
  const { nodes: made, faults } = compileAll(nodes, edges, more);
  if (faults.length > 0) throw new Error(`Faults: ${JSON.stringify(faults)}`);
  const main = made[0]?.objects.at(-1);
  if (!main) throw new Error("Nothing was made");
  return main as Loose;
}

/** What a single node of these settings becomes. */
export function made(type: string, data: Record<string, unknown>): Loose {
  return objectOf([nodeOf("web", type, data)]);
}

interface PodSpec {
  containers: Record<string, unknown>[];
  [key: string]: unknown;
}

/** The pod's spec of a workload, whether it runs at once or at its times. */
export function podOf(object: KubernetesObject): PodSpec {
  const spec = object.spec as { jobTemplate?: { spec: object }; template?: object } | undefined;
  const holder = (spec?.jobTemplate?.spec ?? spec) as { template: { spec: PodSpec } };
  return holder.template.spec;
}

/** The main container of a workload. */
export function containerOf(object: KubernetesObject): Record<string, unknown> {
  const [main] = podOf(object).containers;
  if (!main) throw new Error("There is no container");
  return main;
}

/** Places and codes of what is wrong with a single node of these settings. */
export function faultsIn(type: string, data: Record<string, unknown>): string[] {
  return compileAll([nodeOf("web", type, data)]).faults.map(({ path, code }) => `${path} ${code}`);
}

/** The same for what is odd. */
export function warningsIn(type: string, data: Record<string, unknown>): string[] {
  return compileAll([nodeOf("web", type, data)]).warnings.map(({ path, code }) => `${path} ${code}`);
}
