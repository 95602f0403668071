import { sql } from "kysely";
import type { clusterOperations } from "../../contract/clusters.ts";
import type { Received } from "../../contract/operation.ts";
import { covers, type Grant, type Standing } from "../../core/access/grant.ts";
import { containing } from "./containing.ts";
import type { Database, Reader } from "./database.ts";
import type { ClusterRow } from "./tables.ts";

export type GrantStore = ReturnType<typeof grantStore>;

type ClusterQuery = Received<typeof clusterOperations.listClusters>["query"];

/** A cluster that somebody may use, and what of it. */
export interface Granted {
  cluster: ClusterRow;
  grant: Grant;
}

/** Something that goes on for somebody, as long as they have what it stands on. */
export interface Held extends Standing {
  user_id: string;
}

/** Who may use which cluster: it belongs to them, or was shared with them. What is neither was never found. */
export function grantStore({ read }: Database) {
  const granted = (user_id: string) => grantedTo(read, user_id);

  async function byName(name: string, user_id: string): Promise<Granted | undefined> {
    const rows = await granted(user_id).where("clusters.name", "=", name).orderBy("clusters.id").execute();
    const row = rows.find(({ owner_id }) => owner_id === user_id) ?? rows[0];
    return row && toGranted(row);
  }

  async function byId(id: string, user_id: string): Promise<Granted | undefined> {
    const row = await granted(user_id).where("clusters.id", "=", id).executeTakeFirst();
    return row && toGranted(row);
  }

  return {
    /** Own, then shared: names are unique per owner only. */
    byName,
    byId,

    /** By name, else by id, which also finds what another of the same name hides. */
    async named(name: string, user_id: string): Promise<Granted | undefined> {
      const found = await byName(name, user_id);
      return found ?? (/^[0-9a-f]{24}$/.test(name) ? byId(name, user_id) : undefined);
    },

    async all(user_id: string): Promise<Granted[]> {
      return (await granted(user_id).orderBy("clusters.id").execute()).map(toGranted);
    },

    /** The cluster somebody means who names none, as far as they have chosen one. */
    async chosen(user_id: string): Promise<Granted | undefined> {
      const row = await granted(user_id)
        .innerJoin("users", "users.default_cluster_id", "clusters.id")
        .where("users.id", "=", user_id)
        .executeTakeFirst();
      return row && toGranted(row);
    },

    ...grantListing(read),
    ...grantChecking(read),
  };
}

function grantListing(read: Reader) {
  return {
    async page(user_id: string, { page, limit, sort, order, search }: ClusterQuery) {
      const pattern = containing(search.toLowerCase());
      const matching = grantedTo(read, user_id).where((eb) =>
        eb.or([
          sql<boolean>`lower(clusters.name) like ${pattern} escape '\\'`,
          sql<boolean>`lower(clusters.display_name) like ${pattern} escape '\\'`,
        ]),
      );
      const offset = (page - 1) * limit;
      const sorted = matching.orderBy(`clusters.${sort}`, order).orderBy("clusters.id", order);
      const rows = await sorted.limit(limit).offset(offset).execute();
      const counted = matching.clearSelect().select((eb) => eb.fn.countAll<number>().as("total"));
      const { total } = await counted.executeTakeFirstOrThrow();
      return { rows: rows.map(toGranted), total };
    },
  };
}

/** What is asked again while something goes on. */
function grantChecking(read: Reader) {
  return {
    /** Which of all these still have what they stand on: one question for everything that is open. */
    async stillHeld(held: readonly Held[]): Promise<Held[]> {
      if (held.length === 0) return [];
      const grants = await grantsOn(read, new Set(held.map(({ cluster_id }) => cluster_id)));
      return held.filter((each) => {
        const grant = grants.get(keyOf(each));
        return grant !== undefined && covers(grant, each);
      });
    },

    /** Everybody who may use a cluster, the owner first. */
    async holders(cluster_id: string): Promise<string[]> {
      const rows = await read
        .selectFrom("clusters")
        .leftJoin("cluster_shares", "cluster_shares.cluster_id", "clusters.id")
        .select(["clusters.owner_id", "cluster_shares.user_id"])
        .where("clusters.id", "=", cluster_id)
        .execute();
      return [...new Set(rows.flatMap(({ owner_id, user_id }) => [owner_id, user_id ?? owner_id]))];
    },

    /** What the one whose workflow it is may do in a cluster that it was deployed to. */
    async ofWorkflow(workflow_id: string, cluster_id: string): Promise<Grant | undefined> {
      const row = await read
        .selectFrom("workflows")
        .innerJoin("clusters", (join) => join.on("clusters.id", "=", cluster_id))
        .leftJoin("cluster_shares", (join) =>
          join
            .onRef("cluster_shares.cluster_id", "=", "clusters.id")
            .onRef("cluster_shares.user_id", "=", "workflows.owner_id"),
        )
        .select(["workflows.owner_id as user_id", "clusters.owner_id"])
        .select(["cluster_shares.role", "cluster_shares.namespaces"])
        .where("workflows.id", "=", workflow_id)
        .executeTakeFirst();
      if (!row || (row.role === null && row.user_id !== row.owner_id)) return undefined;
      return grantOf(row.role, row.namespaces);
    },
  };
}

function grantedTo(read: Reader, user_id: string) {
  return read
    .selectFrom("clusters")
    .leftJoin("cluster_shares", (join) =>
      join.onRef("cluster_shares.cluster_id", "=", "clusters.id").on("cluster_shares.user_id", "=", user_id),
    )
    .selectAll("clusters")
    .select(["cluster_shares.role as given_role", "cluster_shares.namespaces as given_namespaces"])
    .where((eb) =>
      eb.or([eb("clusters.owner_id", "=", user_id), eb("cluster_shares.user_id", "is not", null)]),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof grantedTo>["executeTakeFirstOrThrow"]>>;

function toGranted({ given_role, given_namespaces, ...cluster }: Row): Granted {
  return { cluster, grant: grantOf(given_role, given_namespaces) };
}

/** Who was given nothing, and may use it all the same, is the owner. */
function grantOf(role: Row["given_role"], namespaces: Row["given_namespaces"]): Grant {
  if (role === null || namespaces === null) return { role: "owner", namespaces: [] };
  return { role, namespaces: JSON.parse(namespaces) };
}

async function grantsOn(read: Reader, cluster_ids: ReadonlySet<string>): Promise<Map<string, Grant>> {
  const rows = await read
    .selectFrom("clusters")
    .leftJoin("cluster_shares", "cluster_shares.cluster_id", "clusters.id")
    .select(["clusters.id as cluster_id", "clusters.owner_id"])
    .select(["cluster_shares.user_id", "cluster_shares.role", "cluster_shares.namespaces"])
    .where("clusters.id", "in", [...cluster_ids])
    .execute();
  const grants = new Map<string, Grant>();
  for (const { cluster_id, owner_id, user_id, role, namespaces } of rows) {
    if (user_id) grants.set(keyOf({ cluster_id, user_id }), grantOf(role, namespaces));
    grants.set(keyOf({ cluster_id, user_id: owner_id }), grantOf(null, null));
  }
  return grants;
}

function keyOf({ cluster_id, user_id }: { cluster_id: string; user_id: string }): string {
  return `${cluster_id} ${user_id}`;
}
