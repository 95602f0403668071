import { useMemo } from "react";
import { useStore } from "zustand";
import type { DesignNode } from "../../../contract/design.ts";
import { nameOfNode } from "../../../core/relations/node-names.ts";
import { type Changes, changesSince, discarded, noChanges } from "../../canvas/changes.ts";
import type { Draft } from "../../canvas/draft.ts";
import { type Drawing, type Graph, graphOf } from "../../canvas/graph.ts";
import type { Ghost } from "../../canvas/overlay.ts";

interface Staged {
  changes: Changes;
  ghosts: readonly Ghost[];
}

/** What the draft changes of what is deployed, and the places of what it no longer has. */
export function useStaged({ graph: store }: Draft, deployed: Drawing | undefined): Staged {
  const graph = useStore(store, (state) => state.graph);
  const before = useMemo(() => deployed && graphOf(deployed), [deployed]);
  const changes = useMemo(() => (before ? changesSince(before, graph) : noChanges), [before, graph]);
  const ghosts = useMemo(() => {
    if (!before) return [];
    return [...changes.nodes].flatMap(([id, staged]): Ghost[] => {
      const node = staged === "removed" ? before.nodes.get(id) : undefined;
      return node ? [ghostFor(node, before, store)] : [];
    });
  }, [before, changes, store]);
  return { changes, ghosts };
}

/** Claims and secrets are kept and let go of, unless a run is told to delete them by name. */
const keptKinds: ReadonlySet<string> = new Set(["persistentvolumeclaim", "secret"]);

function ghostFor(node: DesignNode, deployed: Graph, store: Draft["graph"]): Ghost {
  const isKept = keptKinds.has(node.type);
  return {
    node,
    word: isKept ? "Will be kept" : "Will be deleted",
    tone: isKept ? "warn" : "bad",
    action: {
      label: "Put back",
      onPick: () =>
        store.edit({ label: `put back ${nameOfNode(node)}` }, (graph) => discarded(graph, deployed, node.id)),
    },
  };
}
