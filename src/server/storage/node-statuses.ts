import type { NodeStatus } from "../../contract/health.ts";
import { fromJsonText, type JsonText, toJsonText } from "../../core/json-text.ts";
import type { Database } from "./database.ts";
import { tellHealth } from "./workflow-notes.ts";
import { lockWorkflow, rerender, statusesOf } from "./workflows-change.ts";

export type NodeStatusStore = ReturnType<typeof nodeStatusStore>;

/** A drawn node whose status has changed. */
export interface StatusNews {
  node_id: string;
  type: string;
  status: NodeStatus;
}

/** What is known of nodes, kept apart from the drawing and shown in it. */
export function nodeStatusStore({ read, write, clockMs }: Pick<Database, "read" | "write" | "clockMs">) {
  /** Remembers what the statuses are now, and answers those of drawn nodes that are news. */
  async function saveMany(
    workflow_id: string,
    statuses: ReadonlyMap<string, NodeStatus>,
  ): Promise<StatusNews[]> {
    // Most of what a cluster says changes nothing, and then nothing is written.
    const known = await statusesIn(read, workflow_id);
    const texts = new Map([...statuses].map(([node_id, status]) => [node_id, toJsonText(status)]));
    const news = new Map([...texts].filter(([node_id, text]) => known.get(node_id) !== text));
    if (news.size === 0) return [];

    return write(async (tx) => {
      const workflow = await lockWorkflow(tx, workflow_id);
      if (!workflow) return [];
      await tx
        .insertInto("node_statuses")
        .values([...news].map(([node_id, status]) => ({ workflow_id, node_id, status })))
        .onConflict((oc) =>
          oc
            .columns(["workflow_id", "node_id"])
            .doUpdateSet(({ ref }) => ({ status: ref("excluded.status") })),
        )
        .execute();
      const all = await statusesOf(tx, workflow_id);
      await rerender(tx, workflow, all);
      const document = fromJsonText(workflow.document);
      await tellHealth(tx, clockMs, document, all);
      return document.nodes.flatMap(({ id: node_id, type }) => {
        const status = news.get(node_id);
        return status ? [{ node_id, type, status: fromJsonText(status) }] : [];
      });
    });
  }

  return {
    saveMany,

    /** Remembers one status, and says whether that was news. */
    async save(workflow_id: string, node_id: string, status: NodeStatus): Promise<boolean> {
      return (await saveMany(workflow_id, new Map([[node_id, status]]))).length > 0;
    },
  };
}

async function statusesIn(read: Database["read"], workflow_id: string) {
  const rows = await read
    .selectFrom("node_statuses")
    .select(["node_id", "status"])
    .where("workflow_id", "=", workflow_id)
    .execute();
  return new Map<string, JsonText<NodeStatus>>(rows.map(({ node_id, status }) => [node_id, status]));
}
