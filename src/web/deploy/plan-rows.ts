import type { Design, DesignNode } from "../../contract/design.ts";
import type { Action, FieldChange, Plan, PlannedObject, PlanWarning, Restart } from "../../contract/plan.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { sayRestart, sayWait } from "./plan-words.ts";

/** One node of a plan, or what is left in the cluster of a removed one. */
export interface PlanRow {
  node_id: string;
  /** Its place in the order of deploying; nothing for what is removed, which comes last of all. */
  place: number | undefined;
  name: string;
  /** The node's kind, or for what is removed the object's. */
  kind: string;
  action: Action;
  isReplaced: boolean;
  waits: string[];
  needs: readonly string[];
  objects: readonly PlannedObject[];
  restart: string | undefined;
  warnings: readonly PlanWarning[];
  contested: readonly { object: PlannedObject; field: FieldChange }[];
}

/** A plan as it is read: nodes in the order in which they are deployed, then what is no longer drawn. */
export function planRows(plan: Plan, { nodes }: Pick<Design, "nodes">): PlanRow[] {
  const drawn = new Map(nodes.map((node) => [node.id, node]));
  const planned = new Map(plan.nodes.map((node) => [node.node_id, node]));
  const ordered = [...new Set([...plan.order, ...planned.keys()])].flatMap((id) => planned.get(id) ?? []);
  const nameOf = (id: string) => nameIn(drawn, id);
  const rows = ordered.map(({ node_id, action, waits_for, needs_values, objects }, index): PlanRow => {
    const { type = objects.at(-1)?.kind ?? "" } = drawn.get(node_id) ?? {};
    return {
      node_id,
      place: index + 1,
      name: nameOf(node_id),
      kind: type,
      action,
      isReplaced: objects.some(({ replace }) => replace === true),
      waits: waits_for.map((wait) => sayWait(wait, nameOf)),
      needs: needs_values,
      objects,
      ...notesOf(plan, node_id),
      contested: objects.flatMap((object) =>
        object.fields.flatMap((field) => (field.contested ? [{ object, field }] : [])),
      ),
    };
  });
  return [...rows, ...removedRows(plan.removed)];
}

function nameIn(drawn: ReadonlyMap<string, DesignNode>, id: string): string {
  const node = drawn.get(id);
  return node ? nameOfNode(node) : id;
}

function notesOf({ restarts, warnings }: Plan, node_id: string): Pick<PlanRow, "restart" | "warnings"> {
  const own: Restart[] = restarts.filter((restart) => restart.node_id === node_id);
  return {
    restart: own.length > 0 ? own.map(sayRestart).join("; ") : undefined,
    warnings: warnings.filter((warning) => warning.node_id === node_id),
  };
}

function removedRows(removed: readonly PlannedObject[]): PlanRow[] {
  return removed.map((object) => ({
    node_id: object.node_id ?? object.key,
    place: undefined,
    name: object.name,
    kind: object.kind,
    action: object.action,
    isReplaced: false,
    waits: [],
    needs: [],
    objects: [object],
    restart: undefined,
    warnings: [],
    contested: [],
  }));
}

/** Whether a row is one of those to look at when only what changes is. */
export function isChange({ action, needs, contested, warnings }: PlanRow): boolean {
  return action !== "none" || needs.length > 0 || contested.length > 0 || warnings.length > 0;
}

/** What of a plan is the same as before it was made again, by row and field: the rest has moved. */
export function movedSince(before: Plan, after: Plan): ReadonlySet<string> {
  const old = marksOf(before);
  const now = marksOf(after);
  const moved = new Set<string>();
  for (const [mark, text] of now) if (old.get(mark) !== text) moved.add(mark);
  for (const mark of old.keys()) if (!now.has(mark)) moved.add(keyOfMark(mark));
  return moved;
}

/** How a field is named among those that have moved; an object is named by its key alone. */
export function markOf(key: string, path: string): string {
  return `${key} ${path}`;
}

function keyOfMark(mark: string): string {
  return mark.split(" ", 1)[0] ?? mark;
}

function marksOf({ nodes, removed }: Plan): Map<string, string> {
  const marks = new Map<string, string>();
  for (const { key, action, replace, fields } of [...nodes.flatMap(({ objects }) => objects), ...removed]) {
    marks.set(key, `${action} ${replace ?? false}`);
    for (const field of fields) marks.set(markOf(key, field.path), JSON.stringify(field));
  }
  return marks;
}
