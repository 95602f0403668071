import { align, distribute, proposeTidy, ungroup } from "./arrange.ts";
import type { Desk } from "./board-store.ts";
import { duplicate } from "./clipboard.ts";
import { meantNodes, remove } from "./commands.ts";
import { askGroup } from "./keys.ts";
import { namespaceOf, titleOf } from "./node-words.ts";
import { connectedTo, type Side } from "./order.ts";

export interface Action {
  id: string;
  label: string;
  hint?: string;
  run(): void;
}

const sides: readonly Side[] = ["left", "centre", "right", "top", "middle", "bottom"];

/** What can be done with what is selected. */
export function actionsFor(desk: Desk): Action[] {
  const nodes = meantNodes(desk);
  const { lock } = desk.graph.getState();
  if (nodes.length === 0) return [];
  return lock === undefined ? [...editsOf(desk), ...choosing(desk)] : choosing(desk);
}

function editsOf(desk: Desk): Action[] {
  const { board, graph } = desk;
  const nodes = meantNodes(desk);
  const [only] = nodes.length === 1 ? nodes : [];
  const group = graph
    .getState()
    .graph.extras.groups.find(({ node_ids }) => node_ids.includes(nodes[0]?.id ?? ""));
  const one: Action[] = only
    ? [
        action("Rename…", () => board.setState({ panel: { kind: "rename", id: only.id } }), "F2"),
        action("Connect to…", () => board.setState({ panel: { kind: "connect", from: only.id } }), "C"),
      ]
    : [];
  const several = nodes.length > 1 ? arranging(desk) : [];
  return [
    ...one,
    action("Duplicate", () => duplicate(desk), "Ctrl D"),
    action("Group…", () => askGroup(desk), "Ctrl G"),
    ...(group ? [action(`Ungroup ${group.title}`, () => ungroup(desk, group.id))] : []),
    ...several,
    action(
      "Remove",
      () =>
        remove(
          desk,
          nodes.map(({ id }) => id),
        ),
      "Del",
    ),
  ];
}

function arranging(desk: Desk): Action[] {
  return [
    ...sides.map((side) => action(`Align ${side}`, () => align(desk, side))),
    action("Distribute across", () => distribute(desk, "x")),
    action("Distribute down", () => distribute(desk, "y")),
    action("Tidy selection", () => void proposeTidy(desk), "T"),
  ];
}

function choosing(desk: Desk): Action[] {
  const { graph } = desk.graph.getState();
  const [first] = meantNodes(desk);
  if (!first) return [];
  const select = (ids: Iterable<string>) => desk.graph.select(ids);
  const all = [...graph.nodes.values()];
  const namespace = namespaceOf(first);
  return [
    action("Select connected", () =>
      select(
        connectedTo(
          graph,
          meantNodes(desk).map(({ id }) => id),
        ),
      ),
    ),
    action(`Select every ${titleOf(first.type)}`, () =>
      select(all.filter(({ type }) => type === first.type).map(({ id }) => id)),
    ),
    action(namespace ? `Select namespace ${namespace}` : "Select what names no namespace", () =>
      select(all.filter((node) => namespaceOf(node) === namespace).map(({ id }) => id)),
    ),
  ];
}

function action(label: string, run: () => void, hint?: string): Action {
  return { id: label, label, run, ...(hint !== undefined && { hint }) };
}
