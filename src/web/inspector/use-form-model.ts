import { useDeferredValue, useMemo } from "react";
import type { Design, DesignNode } from "../../contract/design.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { drawingOf, withNodes } from "../canvas/graph.ts";
import { useGraph, useGraphStore, useProblems, useSettings } from "../canvas/graph-store.ts";
import { derivedOf, nothingDerived } from "./derived.ts";
import type { FormModel } from "./form-model.ts";
import { leadsInto, type Place, pointerOf, valueAt, withValue } from "./places.ts";
import { leaveField } from "./required-marks.ts";

interface Given {
  nodes: readonly DesignNode[];
  namespace: string;
  deployed: { design: Pick<Design, "nodes">; version: number | undefined } | undefined;
  lock: string | undefined;
}

/** The settings of the nodes that are selected, to be read and changed through the drawing's one history. */
export function useFormModel({ nodes, namespace, deployed, lock }: Given): FormModel {
  const store = useGraphStore();
  const workflowId = useGraph((state) => state.workflowId);
  const problems = useProblems();
  const [only] = nodes.length === 1 ? nodes : [];
  const derived = useDerived(only, workflowId, namespace);
  const before = only && deployed?.design.nodes.find(({ id }) => id === only.id);
  const own = nodes.flatMap(({ id }) => problems.byNode.get(id) ?? []);

  return {
    workflowId,
    nodes,
    lock,
    derived,
    deployed: before && { data: before.data, version: deployed?.version },
    read: (place) => valueAt(nodes[0]?.data, place),
    isMixed: (place) => isMixed(nodes, place),
    write(place, value, title) {
      const ids = nodes.map(({ id }) => id);
      const whose = only ? nameOfNode(only) : `${nodes.length} nodes`;
      const squash = `${ids.join()}${pointerOf(place)}`;
      store.edit({ label: `change ${title.toLowerCase()} of ${whose}`, squash }, (graph) =>
        withNodes(
          graph,
          ids.flatMap((id) => {
            const node = graph.nodes.get(id);
            return node ? [{ ...node, data: withValue(node.data, place, value) }] : [];
          }),
        ),
      );
    },
    problemsIn: (place) => own.filter(({ path }) => leadsInto(path, place)),
    problemsAt: (place) => own.filter(({ path }) => path === pointerOf(place)),
    leave(place) {
      for (const { id } of nodes) leaveField(id, pointerOf(place));
    },
  };
}

function isMixed(nodes: readonly DesignNode[], place: Place): boolean {
  const [first, ...others] = nodes.map(({ data }) => JSON.stringify(valueAt(data, place)));
  return others.some((each) => each !== first);
}

/** Worked out behind what is typed: it takes the whole drawing. */
function useDerived(node: DesignNode | undefined, workflow_id: string, namespace: string) {
  const later = useDeferredValue(useSettings());
  const id = node?.id;
  return useMemo(() => {
    const known = id === undefined ? undefined : later.nodes.get(id);
    return known ? derivedOf(known, drawingOf(later), { workflow_id, namespace }) : nothingDerived;
  }, [later, id, workflow_id, namespace]);
}
