import type { Kysely, Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { InventoryRow, Tables } from "./tables.ts";

export type InventoryStore = ReturnType<typeof inventoryStore>;

/** What each workflow has in each cluster, by uid. */
export function inventoryStore(database: Database) {
  return { ...sharing(database), ...places(database) };
}

/** Whose is what. */
function sharing({ read }: Database) {
  return {
    of(workflow_id: string, cluster_id: string): Promise<InventoryRow[]> {
      return read
        .selectFrom("inventory")
        .selectAll()
        .where("workflow_id", "=", workflow_id)
        .where("cluster_id", "=", cluster_id)
        .execute();
    },

    /** Which of these objects other workflows have, whatever cluster they call it: `object_key` and whose it is. */
    async ofOthers(workflow_id: string, keys: readonly string[]): Promise<Map<string, Set<string>>> {
      const found = new Map<string, Set<string>>();
      if (keys.length === 0) return found;
      const rows = await read
        .selectFrom("inventory")
        .select(["object_key", "workflow_id"])
        .where("workflow_id", "!=", workflow_id)
        .where("object_key", "in", [...keys])
        .execute();
      for (const row of rows)
        found.set(row.object_key, (found.get(row.object_key) ?? new Set()).add(row.workflow_id));
      return found;
    },

    /** Whether other workflows have something in this namespace of the cluster. */
    async isShared(workflow_id: string, cluster_id: string, namespace: string): Promise<boolean> {
      const row = await read
        .selectFrom("inventory")
        .select("object_key")
        .where("workflow_id", "!=", workflow_id)
        .where("cluster_id", "=", cluster_id)
        .where((eb) =>
          eb.or([
            eb("object_key", "like", `%/%/${namespace}/%`),
            eb("object_key", "=", `/Namespace//${namespace}`),
          ]),
        )
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

/** What is where. */
function places({ read }: Database) {
  return {
    /** Where something is deployed to: what is worth watching. */
    async usedPlaces(): Promise<{ cluster_id: string; namespaces: string[] }[]> {
      const rows = await read.selectFrom("inventory").select(["cluster_id", "object_key"]).execute();
      const places = new Map<string, Set<string>>();
      for (const { cluster_id, object_key } of rows) {
        const namespaces = places.get(cluster_id) ?? new Set();
        const [, , namespace] = object_key.split("/");
        places.set(cluster_id, namespace ? namespaces.add(namespace) : namespaces);
      }
      return [...places].map(([cluster_id, namespaces]) => ({ cluster_id, namespaces: [...namespaces] }));
    },
  };
}

export function inventoryRows(db: Kysely<Tables>, rows: readonly InventoryRow[]) {
  return db
    .insertInto("inventory")
    .values(rows)
    .onConflict((oc) =>
      oc.columns(["workflow_id", "cluster_id", "object_key"]).doUpdateSet((eb) => ({
        api_version: eb.ref("excluded.api_version"),
        node_id: eb.ref("excluded.node_id"),
        uid: eb.ref("excluded.uid"),
        applied_hash: eb.ref("excluded.applied_hash"),
        resource_version: eb.ref("excluded.resource_version"),
        adopted: eb.ref("excluded.adopted"),
        run_id: eb.ref("excluded.run_id"),
      })),
    );
}

export async function removeInventory(
  tx: Transaction<Tables>,
  rows: readonly Pick<InventoryRow, "workflow_id" | "cluster_id" | "object_key">[],
): Promise<void> {
  for (const { workflow_id, cluster_id, object_key } of rows)
    await tx
      .deleteFrom("inventory")
      .where("workflow_id", "=", workflow_id)
      .where("cluster_id", "=", cluster_id)
      .where("object_key", "=", object_key)
      .execute();
}
