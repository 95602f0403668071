import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Clusters may be used by others than their owners. */
export const clusterShares: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("cluster_shares")
      .addColumn("cluster_id", "text", (column) =>
        column.notNull().references("clusters.id").onDelete("cascade"),
      )
      .addColumn("user_id", "text", (column) => column.notNull().references("users.id").onDelete("cascade"))
      .addColumn("role", "text", (column) => column.notNull())
      .addColumn("namespaces", "text", (column) => column.notNull())
      .addColumn("granted_by", "text", (column) => column.notNull())
      .addColumn("granted_at", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("cluster_shares_pk", ["cluster_id", "user_id"])
      .execute();
    await db.schema
      .createIndex("cluster_shares_of_user")
      .on("cluster_shares")
      .columns(["user_id", "cluster_id"])
      .execute();
  },
};
