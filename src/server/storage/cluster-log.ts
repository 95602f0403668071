import type { Transaction } from "kysely";
import type { LogAction } from "../../contract/cluster-observe.ts";
import { toJsonText } from "../../core/json-text.ts";
import { newId } from "../new-id.ts";
import type { Database } from "./database.ts";
import type { ClusterLogRow, Tables } from "./tables.ts";

export type ClusterLog = ReturnType<typeof clusterLog>;

/** Something that happened to a cluster, and how it went. */
export interface Happening {
  action: LogAction;
  /** Who did it; nobody where the server did it by itself. */
  user_id?: string;
  /** Why it went wrong; left out where it went well. */
  error?: string | undefined;
  details?: Readonly<Record<string, string>>;
  at: string;
}

const keptMs = 24 * 3_600_000;

export function clusterLog({ read, write }: Database) {
  return {
    /** The newest first; what is older than a day is as good as forgotten. */
    list(
      cluster_id: string,
      { limit, now, actions }: { limit: number; now: Date; actions: readonly LogAction[] },
    ): Promise<ClusterLogRow[]> {
      return read
        .selectFrom("cluster_logs")
        .selectAll()
        .where("cluster_id", "=", cluster_id)
        .where("at", ">", since(now))
        .where("action", "in", actions)
        .orderBy("at", "desc")
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
    },

    async sweep(now: Date): Promise<void> {
      await write((tx) => tx.deleteFrom("cluster_logs").where("at", "<=", since(now)).execute());
    },
  };
}

function since(now: Date): string {
  return new Date(now.getTime() - keptMs).toISOString();
}

/** Notes it together with what it is about, or neither. */
export async function logHappening(
  tx: Transaction<Tables>,
  cluster_id: string,
  { action, user_id, error, details = {}, at }: Happening,
): Promise<void> {
  const who = { user_id: user_id ?? null, error: error ?? null };
  const row = { id: newId(), cluster_id, action, ...who, details: toJsonText({ ...details }), at };
  await tx.insertInto("cluster_logs").values(row).execute();
}
