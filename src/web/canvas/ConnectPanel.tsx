import { type KeyboardEvent, useState } from "react";
import type { Condition } from "../../contract/design.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import type { Relation } from "../../core/relations/relations.ts";
import { KindGlyph } from "../look/glyphs.tsx";
import { RadioGroup } from "../parts/Choices.tsx";
import { Combobox, type ComboboxItem } from "../parts/Combobox.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { type Desk, useDesk } from "./board-store.ts";
import { connect, disconnect } from "./commands.ts";
import { connectionOf } from "./connect.ts";
import { sentenceOf } from "./edge-words.ts";
import type { Graph } from "./graph.ts";
import { useGraph } from "./graph-store.ts";
import { titleOf } from "./node-words.ts";
import { readingOrder } from "./order.ts";

/** What would come to be between two nodes, in a few words. */
export const relationWords: Readonly<Record<Relation, string>> = {
  routes: "sends traffic",
  serves: "sends traffic",
  configures: "configures",
  mounts: "keeps files",
  scales: "scales",
  guards: "guards",
  precedes: "starts after it",
};

interface TargetItem extends ComboboxItem {
  edgeId?: string;
}

/** Those that fit first, then those that are connected already, then those that do not fit, with the reason. */
function targetItems(graph: Graph, from: string): TargetItem[] {
  const joined = new Map<string, string>();
  for (const { id, source, target } of graph.edges.values())
    if (source === from || target === from) joined.set(source === from ? target : source, id);
  const items = readingOrder(graph).flatMap((id): (TargetItem & { rank: number })[] => {
    const node = graph.nodes.get(id);
    if (!node || id === from) return [];
    const base = {
      id,
      label: `${nameOfNode(node)}, ${titleOf(node.type)}`,
      icon: <KindGlyph kind={node.type} />,
    };
    const found = connectionOf(graph, from, id);
    if ("edge" in found) return [{ ...base, hint: relationWords[found.relation], rank: 0 }];
    const edgeId = joined.get(id);
    if (edgeId !== undefined) return [{ ...base, hint: "connected: Enter disconnects", edgeId, rank: 1 }];
    return [{ ...base, disabledReason: found.why, rank: 2 }];
  });
  return items.toSorted((a, b) => a.rank - b.rank);
}

type Wanted = Condition | "usual";

/** Asks with which node a node is to be connected, or disconnected. Tab goes on to how. */
export function ConnectPanel({ from, onClose }: { from: string; onClose: () => void }) {
  const desk = useDesk();
  const graph = useGraph((state) => state.graph);
  const [wanted, want] = useState<Wanted>("usual");
  const node = graph.nodes.get(from);
  if (!node) return null;
  const pick = ({ id, edgeId }: TargetItem) => {
    onClose();
    if (edgeId !== undefined) disconnect(desk, edgeId);
    else connect(desk, from, id, wanted === "usual" ? {} : { isOrder: true, condition: wanted });
  };
  return (
    <Dialog
      title={`Connect ${nameOfNode(node)} to…`}
      description="Those that fit come first. Others say why they do not."
      open
      size="small"
      onOpenChange={onClose}
    >
      <Combobox
        label="Node to connect to"
        items={targetItems(graph, from)}
        none="There is no other node of that name"
        onPick={pick}
        onKey={(event, item) => orderByKey(desk, from, wanted, event, item, onClose)}
      />
      <RadioGroup<Wanted>
        label="How"
        value={wanted}
        onChange={want}
        options={[
          { value: "usual", label: "As the two kinds go together" },
          { value: "exists", label: "It waits until this one exists" },
          { value: "ready", label: "It waits until this one is ready" },
          { value: "completed", label: "It waits until this one is completed" },
        ]}
      />
    </Dialog>
  );
}

/** Even two that do not fit can be put in order, once that has been asked for. */
function orderByKey(
  desk: Desk,
  from: string,
  wanted: Wanted,
  event: KeyboardEvent,
  item: TargetItem | undefined,
  onClose: () => void,
): void {
  if (event.key !== "Enter" || !item?.disabledReason || wanted === "usual") return;
  event.preventDefault();
  onClose();
  connect(desk, from, item.id, { isOrder: true, condition: wanted });
}

/** The edges of a node, as sentences. */
export function edgeSentences(
  { nodes, edges }: Graph,
  id: string,
): { id: string; text: string; other: string }[] {
  return [...edges.values()].flatMap((edge) => {
    if (edge.source !== id && edge.target !== id) return [];
    const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
    const other = edge.source === id ? edge.target : edge.source;
    return source && target ? [{ id: edge.id, text: sentenceOf(edge, source, target), other }] : [];
  });
}
