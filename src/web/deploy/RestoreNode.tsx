import { Undo2 } from "lucide-react";
import type { Design, DesignNode } from "../../contract/design.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { discarded } from "../canvas/changes.ts";
import { graphOf } from "../canvas/graph.ts";
import { Button } from "../parts/Button.tsx";
import { toast } from "../parts/toast.ts";
import { useDraftEdit } from "./use-draft-edit.ts";

interface RestoreNodeProps {
  id: string;
  node: DesignNode;
  /** The drawing that it is taken from. */
  from: Design;
  /** What that is called: `v3`. */
  label: string;
  onDone?: () => void;
}

/** Makes one node of the draft what it was, its edges with it where it is gone. Nothing is deployed by that. */
export function RestoreNode({ id, node, from, label, onDone }: RestoreNodeProps) {
  const edit = useDraftEdit(id);
  const name = nameOfNode(node);
  const restore = async () => {
    const isChanged = await edit(`restore ${name} of ${label}`, (graph) =>
      discarded(graph, graphOf(from), node.id),
    );
    const title = isChanged ? `${name} is what it was in ${label}` : `${name} is as in ${label} already`;
    toast({ tone: "ok", title, text: "In the draft; nothing was deployed." });
    onDone?.();
  };
  return (
    <Button
      size="small"
      variant="quiet"
      icon={Undo2}
      onClick={() => void restore()}
      aria-label={`Restore this node, ${name}`}
    >
      Restore this node
    </Button>
  );
}
