import type { Grant } from "../../core/access/grant.ts";
import type { Database } from "./database.ts";
import type { ClusterRow } from "./tables.ts";

export type GrantStore = ReturnType<typeof grantStore>;

/** A cluster that somebody may use, and what of it. */
export interface Granted {
  cluster: ClusterRow;
  grant: Grant;
}

/** Who may use which cluster: it belongs to them, or was shared with them. What is neither was never found. */
export function grantStore({ read }: Database) {
  const granted = (user_id: string) =>
    read
      .selectFrom("clusters")
      .leftJoin("cluster_shares", (join) =>
        join
          .onRef("cluster_shares.cluster_id", "=", "clusters.id")
          .on("cluster_shares.user_id", "=", user_id),
      )
      .selectAll("clusters")
      .select(["cluster_shares.role as given_role", "cluster_shares.namespaces as given_namespaces"])
      .where((eb) =>
        eb.or([eb("clusters.owner_id", "=", user_id), eb("cluster_shares.user_id", "is not", null)]),
      );

  type Row = Awaited<ReturnType<ReturnType<typeof granted>["executeTakeFirstOrThrow"]>>;

  function toGranted({ given_role, given_namespaces, ...cluster }: Row): Granted {
    if (given_role === null || given_namespaces === null)
      return { cluster, grant: { role: "owner", namespaces: [] } };
    return { cluster, grant: { role: given_role, namespaces: JSON.parse(given_namespaces) } };
  }

  return {
    /** Own, then shared: names are unique per owner only. */
    async byName(name: string, user_id: string): Promise<Granted | undefined> {
      const rows = await granted(user_id).where("clusters.name", "=", name).orderBy("clusters.id").execute();
      const row = rows.find(({ owner_id }) => owner_id === user_id) ?? rows[0];
      return row && toGranted(row);
    },

    async byId(id: string, user_id: string): Promise<Granted | undefined> {
      const row = await granted(user_id).where("clusters.id", "=", id).executeTakeFirst();
      return row && toGranted(row);
    },

    async all(user_id: string): Promise<Granted[]> {
      return (await granted(user_id).orderBy("clusters.id").execute()).map(toGranted);
    },
  };
}
