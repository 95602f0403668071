import { api } from "../../../contract/api.ts";
import { type LogAction as Action, LogAction, type LogEntry } from "../../../contract/cluster-observe.ts";
import { covers, type Grant } from "../../../core/access/grant.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import type { Connections } from "../../cluster/connections.ts";
import type { Mount } from "../../http/mount.ts";
import type { CheckStore } from "../../storage/cluster-checks.ts";
import type { ClusterLog } from "../../storage/cluster-log.ts";
import type { GrantStore } from "../../storage/grants.ts";
import type { ClusterLogRow } from "../../storage/tables.ts";
import type { ClusterNeeds } from "./cluster-needs.ts";
import { findGranted } from "./find-granted.ts";
import { createMetricsCache } from "./metrics-cache.ts";
import { toCluster } from "./to-cluster.ts";

export interface ObserveNeeds extends Pick<ClusterNeeds, "sealing" | "now"> {
  grants: Pick<GrantStore, "named">;
  checks: Pick<CheckStore, "points">;
  clusterLog: Pick<ClusterLog, "list">;
  connections: Pick<Connections, "to">;
}

const staleMs = 120_000;
const anybody = { role: "viewer" } as const;

/** How clusters are doing: as they were seen last, as they say themselves, and over time. */
export function observeRoutes(mount: Mount, needs: ObserveNeeds): void {
  const { checks, clusterLog, connections, now } = needs;
  const measuresOf = createMetricsCache((row) => connections.to(row), now);

  mount.endpoint(api.getClusterStatus, async ({ params, user }) => {
    const granted = await findGranted(needs, params.name, user, anybody);
    const { name, status, lastCheck } = toCluster(needs, granted, undefined);
    const isStale = lastCheck === undefined || now().getTime() - Date.parse(lastCheck) > staleMs;
    const isOnline = status === "connected";
    return { cluster: name, status, ...(lastCheck && { lastCheck }), isStale, isOnline };
  });

  mount.endpoint(api.getClusterMetrics, async ({ params, user }) => {
    const { cluster } = await findGranted(needs, params.name, user, anybody);
    return { clusterName: cluster.name, ...(await measuresOf(cluster)) };
  });

  mount.endpoint(api.getMetricsHistory, async ({ params, query, user }) => {
    const { cluster } = await findGranted(needs, params.name, user, anybody);
    return { points: await checks.points(cluster.id, query.minutes) };
  });

  mount.endpoint(api.getClusterLogs, async ({ params, query, user }) => {
    const { cluster, grant } = await findGranted(needs, params.name, user, anybody);
    const asked = { limit: query.limit, now: now(), actions: actionsFor(grant) };
    const rows = await clusterLog.list(cluster.id, asked);
    return { cluster: cluster.name, logs: rows.map(toEntry) };
  });
}

const sharing: ReadonlySet<Action> = new Set(["access_granted", "access_revoked"]);

/** With whom a cluster is shared is told in its log to those who may list it. */
function actionsFor(grant: Grant): Action[] {
  const isTold = covers(grant, { role: "admin", namespace: "" });
  return LogAction.enum.filter((action) => isTold || !sharing.has(action));
}

function toEntry({ id, cluster_id, user_id, action, error, details, at }: ClusterLogRow): LogEntry {
  const known = fromJsonText(details);
  return {
    id,
    clusterId: cluster_id,
    ...(user_id && { userId: user_id }),
    action,
    success: error === null,
    level: error === null ? "info" : "error",
    message: sentences[action](known) + (error === null ? "" : `: ${error}`),
    ...(error !== null && { error }),
    ...(Object.keys(known).length > 0 && { details: known }),
    timestamp: at,
  };
}

const sentences: Record<Action, (details: Record<string, string>) => string> = {
  cluster_added: () => "The cluster was added",
  connection_test: () => "The connection was tested",
  health_check: ({ from, to }) => `The cluster is ${to}, and was ${from} before`,
  access_granted: ({ role }) => `Access was given, as ${role}`,
  access_revoked: () => "Access was taken away",
};
