import { useMemo } from "react";
import type { DesignNode } from "../../contract/design.ts";
import { nodeCompiler } from "../../core/compile/node-compiler.ts";
import type { KubernetesObject } from "../../core/kubernetes-object.ts";
import { drawingOf } from "../canvas/graph.ts";
import { useGraph, useSettings } from "../canvas/graph-store.ts";

/** The main object a node becomes as it is drawn now; none while something is wrong with it. */
export function useNodeObject({ id, data }: DesignNode, namespace: string): KubernetesObject | undefined {
  const graph = useSettings();
  const workflow_id = useGraph((state) => state.workflowId);
  return useMemo(
    () => nodeCompiler({ workflow_id, namespace, design: drawingOf(graph) }, id)(data).objects.at(-1),
    [graph, workflow_id, namespace, id, data],
  );
}
