import type { Share } from "../../contract/cluster-sharing.ts";
import { fromJsonText } from "../../core/json-text.ts";
import { audit } from "./audit.ts";
import { logHappening } from "./cluster-log.ts";
import { tellShared, tellTakenAway } from "./cluster-notes.ts";
import type { Database, Reader } from "./database.ts";
import type { ClusterShareRow } from "./tables.ts";

export type ShareStore = ReturnType<typeof shareStore>;

export function shareStore({ read, write, clockMs }: Database) {
  return {
    /** Gives somebody access, or another one than they had. */
    async give(share: ClusterShareRow): Promise<void> {
      const { cluster_id, user_id, role, namespaces, granted_by, granted_at } = share;
      await write(async (tx) => {
        const object = `${cluster_id}/${user_id}`;
        await audit(tx, { at: granted_at, user_id: granted_by, action: "share", object });
        await tx
          .insertInto("cluster_shares")
          .values(share)
          .onConflict((oc) =>
            oc.columns(["cluster_id", "user_id"]).doUpdateSet({ role, namespaces, granted_by, granted_at }),
          )
          .execute();
        await tellShared(tx, clockMs, share);
        const details = { target_user: user_id, role };
        const about = { action: "access_granted" as const, user_id: granted_by, details, at: granted_at };
        await logHappening(tx, cluster_id, about);
      });
    },

    /** Takes access away, and with it the choice of this cluster as default; false if there was none. */
    take(cluster_id: string, user_id: string, { by, at }: { by: string; at: string }): Promise<boolean> {
      return write(async (tx) => {
        const { numDeletedRows } = await tx
          .deleteFrom("cluster_shares")
          .where("cluster_id", "=", cluster_id)
          .where("user_id", "=", user_id)
          .executeTakeFirstOrThrow();
        if (numDeletedRows === 0n) return false;
        await audit(tx, { at, user_id: by, action: "unshare", object: `${cluster_id}/${user_id}` });
        await tx
          .updateTable("users")
          .set({ default_cluster_id: null })
          .where("id", "=", user_id)
          .where("default_cluster_id", "=", cluster_id)
          .execute();
        // Whoever leaves knows it.
        if (by !== user_id) await tellTakenAway(tx, clockMs, cluster_id, [user_id], at);
        const details = { target_user: user_id };
        await logHappening(tx, cluster_id, { action: "access_revoked", user_id: by, details, at });
        return true;
      });
    },

    ...shareListing(read),
  };
}

function shareListing(read: Reader) {
  return {
    /** With whom a cluster is shared, the first first. */
    async list(cluster_id: string): Promise<Share[]> {
      const rows = await read
        .selectFrom("cluster_shares")
        .innerJoin("users", "users.id", "cluster_shares.user_id")
        .select(["users.id as userId", "users.name", "users.email"])
        .select([
          "cluster_shares.role",
          "cluster_shares.namespaces",
          "cluster_shares.granted_at as grantedAt",
        ])
        .where("cluster_shares.cluster_id", "=", cluster_id)
        .orderBy("cluster_shares.granted_at")
        .orderBy("users.id")
        .execute();
      return rows.map((row) => ({ ...row, namespaces: fromJsonText(row.namespaces) }));
    },
  };
}
