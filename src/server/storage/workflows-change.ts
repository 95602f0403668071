import type { Transaction } from "kysely";
import type { Workflow } from "../../contract/workflows.ts";
import { workflowHealth } from "../../core/health/workflow-health.ts";
import { fromJsonText, type JsonText } from "../../core/json-text.ts";
import { queueForSearch } from "./search-index.ts";
import type { Tables, WorkflowRow } from "./tables.ts";
import { notePublished } from "./workflow-counts.ts";
import {
  type Drawing,
  documentText,
  type Head,
  headText,
  nodesText,
  type Statuses,
  tailIn,
  tailOf,
  toDrawing,
} from "./workflows-drawing.ts";
import { withPending } from "./workflows-pending.ts";
import { touch } from "./write.ts";

/** What of a row is needed to write its next state, beside its document. */
export const besideDocument = [
  ...(["id", "owner_id", "name", "status", "revision", "changes", "head", "canvas"] as const),
] as const;
export const lockedColumns = [...besideDocument, "document"] as const;
export type LockedRow = Pick<WorkflowRow, (typeof lockedColumns)[number]>;

export type NextRow = Pick<
  WorkflowRow,
  | keyof ReturnType<typeof shownColumns>
  | ("revision" | "changes" | "updated_at" | "head" | "canvas" | "document")
>;

interface Change {
  fields: Partial<Head>;
  drawing: Drawing;
  statuses: Statuses;
}

/** The row after a change, or nothing if it stays as it is: the same drawing keeps its revision. */
export function nextRow(row: LockedRow, { fields, drawing, statuses }: Change): NextRow | undefined {
  const { updated_at, ...given } = fields;
  const before = fromJsonText(row.head);
  const canvas = drawing.canvas ?? row.canvas;
  const tail = isUntouched(drawing) ? tailIn(row.document, row.head) : nextTail(row, drawing, statuses);
  const isDrawn = tail !== tailIn(row.document, row.head);
  const node_count = drawing.nodes?.length ?? before.node_count;
  const health = drawing.nodes ? healthIn(drawing.nodes, statuses) : before.health;
  const told: Head = { ...withoutHealth({ ...before, ...given }), node_count, ...(health && { health }) };
  const isTold = headText(told) !== row.head;
  if (!isDrawn && !isTold) return undefined;

  const revision = row.revision + (isDrawn ? 1 : 0);
  const at = updated_at ?? before.updated_at;
  const after: Head = { ...told, revision, updated_at: at };
  const head = headText(after);
  const columns = { ...shownColumns(after), updated_at: after.updated_at };
  const document = documentText(head, tail);
  return { ...columns, revision, changes: row.changes + 1, head, canvas, document };
}

function withoutHealth({ health, ...head }: Head): Head {
  return head;
}

/** How the nodes of a drawing are, as far as that is known. */
function healthIn(nodes: readonly { id: string }[], statuses: Statuses) {
  if (statuses.size === 0) return undefined;
  const known = nodes.map(({ id }) => statuses.get(id)).filter((status) => status !== undefined);
  return workflowHealth(known.map(fromJsonText));
}

/** What of a head has columns of its own, to be listed and found by. */
export function shownColumns({ name, description, status }: Head) {
  return { name, description, status, search: `${name}\n${description}`.toLowerCase() };
}

/** Updating a row to what it is locks it in both dialects, so that nobody renders from what is about to change. */
export function lockWorkflow(tx: Transaction<Tables>, id: string): Promise<LockedRow | undefined> {
  return tx
    .updateTable("workflows")
    .set(({ ref }) => ({ updated_at: ref("updated_at") }))
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .returning(lockedColumns)
    .executeTakeFirst();
}

/** Changes what a locked workflow has beside its drawing, which need not even be parsed for that. */
export async function changeHead(
  tx: Transaction<Tables>,
  row: LockedRow,
  change: (head: Head) => Head,
): Promise<void> {
  const before = fromJsonText(row.head);
  const fields = await withPending(tx, row, fieldsOf(before, change(before)), {});
  await storeRow(tx, row, nextRow(row, { fields, drawing: {}, statuses: new Map() }));
}

/**
 * Changes a locked workflow, and answers its new document. The drawing is taken as changed where its parts are other
 * values than those that were given.
 */
export async function changeWorkflow(
  tx: Transaction<Tables>,
  row: LockedRow,
  change: (workflow: Workflow) => Workflow,
): Promise<JsonText<Workflow>> {
  const before = fromJsonText(row.document);
  const { nodes, edges, canvas, ...kept } = change(before);
  const drawing = toDrawing({
    nodes: nodes === before.nodes ? undefined : nodes,
    edges: edges === before.edges ? undefined : edges,
    canvas: canvas === before.canvas ? undefined : canvas,
  });
  const statuses = drawing.nodes ? await statusesOf(tx, row.id) : new Map();
  const fields = await withPending(tx, row, fieldsOf(before, kept), drawing);
  return storeRow(tx, row, nextRow(row, { fields, drawing, statuses }));
}

/** A row keeps what nothing is said of, so what is gone is said to be nothing. */
function fieldsOf(before: object, kept: Head): Partial<Head> {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(kept, key));
  return { ...Object.fromEntries(gone.map((key) => [key, undefined])), ...kept };
}

/** Renders a workflow with the statuses its nodes have now, and says whether anything was to be seen of them. */
export async function rerender(tx: Transaction<Tables>, row: LockedRow, statuses: Statuses): Promise<void> {
  const { nodes, edges } = toDrawing(fromJsonText(row.document));
  const tail = tailOf(nodesText(nodes ?? [], statuses), edges ?? "[]", row.canvas);
  const health = healthIn(nodes ?? [], statuses);
  const head = headText({ ...withoutHealth(fromJsonText(row.head)), ...(health && { health }) });
  const document = documentText(head, tail);
  if (document === row.document) return;
  const changes = row.changes + 1;
  touch(tx, row.id, { ...row, document, changes });
  await tx.updateTable("workflows").set({ head, document, changes }).where("id", "=", row.id).execute();
}

export async function statusesOf(tx: Transaction<Tables>, workflow_id: string): Promise<Statuses> {
  const rows = await tx
    .selectFrom("node_statuses")
    .select(["node_id", "status"])
    .where("workflow_id", "=", workflow_id)
    .execute();
  return new Map(rows.map(({ node_id, status }) => [node_id, status]));
}

async function storeRow(tx: Transaction<Tables>, row: LockedRow, next: NextRow | undefined) {
  const { id, owner_id, document } = row;
  if (!next) return document;
  touch(tx, id, { ...next, owner_id });
  await tx.updateTable("workflows").set(next).where("id", "=", id).execute();
  await notePublished(tx, row, next);
  await queueForSearch(tx, row);
  return next.document;
}

function isUntouched({ nodes, edges, canvas }: Drawing): boolean {
  return nodes === undefined && edges === undefined && canvas === undefined;
}

/** Parts that are not given are taken from the document, which is parsed only then. */
function nextTail({ document, canvas: kept }: LockedRow, drawing: Drawing, statuses: Statuses): string {
  const { canvas = kept } = drawing;
  if (drawing.nodes && drawing.edges !== undefined)
    return tailOf(nodesText(drawing.nodes, statuses), drawing.edges, canvas);
  const stored = fromJsonText(document);
  const nodes = drawing.nodes ? nodesText(drawing.nodes, statuses) : JSON.stringify(stored.nodes);
  return tailOf(nodes, drawing.edges ?? JSON.stringify(stored.edges), canvas);
}
