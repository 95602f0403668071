import type { Transaction } from "kysely";
import type { Design } from "../../contract/design.ts";
import { fromJsonText, type JsonText, toJsonText } from "../../core/json-text.ts";
import { compareTexts } from "../../core/versions/compare-texts.ts";
import { designOf } from "../../core/versions/design-of.ts";
import type { Tables, WorkflowRow } from "./tables.ts";
import type { Drawing, Head } from "./workflows-drawing.ts";

type Row = Pick<WorkflowRow, "id" | "head" | "document">;

/** What a change says of a workflow, and beside it how much will differ from the deployed version. */
export async function withPending(
  tx: Transaction<Tables>,
  row: Row,
  fields: Partial<Head>,
  drawing: Drawing,
): Promise<Partial<Head>> {
  const { pending_changes: _before, ...told } = fields;
  const pending_changes = await pendingAfter(tx, row, fields, drawing);
  return { ...told, ...noted(pending_changes) };
}

/** Nothing is said of what is not deployed. */
function noted(pending_changes: number | undefined): Partial<Head> {
  // A head keeps what nothing is said of, and leaves out what is said to be nothing.
  return { pending_changes } as Partial<Head>;
}

/** How many nodes and edges will differ; nothing where none is deployed. */
async function pendingAfter(
  tx: Transaction<Tables>,
  row: Row,
  fields: Partial<Head>,
  drawing: Drawing,
): Promise<number | undefined> {
  // Most drawings were never deployed, and then nothing is parsed.
  if (!("deployed_version" in fields) && !row.head.includes('"deployed_version":')) return undefined;
  const before = fromJsonText(row.head);
  const { deployed_version: version } = { ...before, ...fields };
  if (version === undefined) return undefined;
  const isDrawn = drawing.nodes !== undefined || drawing.edges !== undefined;
  if (!isDrawn && version === before.deployed_version && before.pending_changes !== undefined)
    return before.pending_changes;
  const deployed = await tx
    .selectFrom("versions")
    .select("design")
    .where("workflow_id", "=", row.id)
    .where("version", "=", version)
    .executeTakeFirst();
  return deployed && countChanges(deployed.design, designAfter(row, drawing));
}

function designAfter(row: Row, { nodes, edges }: Drawing): JsonText<Design> {
  if (nodes && edges !== undefined)
    return `{"nodes":[${nodes.map(({ text }) => text).join(",")}],"edges":${edges}}` as JsonText<Design>;
  const kept = designOf(fromJsonText(row.document));
  const text = nodes ? `[${nodes.map((node) => node.text).join(",")}]` : JSON.stringify(kept.nodes);
  return `{"nodes":${text},"edges":${edges ?? toJsonText(kept.edges)}}` as JsonText<Design>;
}

function countChanges(before: JsonText<Design>, after: JsonText<Design>): number {
  const { added_nodes, removed_nodes, modified_nodes, added_edges, removed_edges } = compareTexts(
    before,
    after,
  );
  return [added_nodes, removed_nodes, modified_nodes, added_edges, removed_edges].flat().length;
}
