import { type CheckTiming, checkClusters, usualCheckTiming } from "./background/clusters/check-clusters.ts";
import { createTellStatus, type OnStatus } from "./background/clusters/tell-status.ts";
import { createTasks } from "./background/tasks.ts";
import { type Connections, createConnections } from "./cluster/connections.ts";
import type { Config } from "./config.ts";
import { type ClusterNeeds, openKept, sealKept } from "./features/clusters/cluster-needs.ts";
import { type ClusterRoutesNeeds, clusterRoutes } from "./features/clusters/routes.ts";
import { createTestLimits } from "./features/clusters/test-limits.ts";
import type { Mount } from "./http/mount.ts";
import type { Listener, Resolve } from "./outbound/judge.ts";
import { createOutbound } from "./outbound/outbound.ts";
import type { CheckStore } from "./storage/cluster-checks.ts";
import type { ClusterLog } from "./storage/cluster-log.ts";
import type { Database } from "./storage/database.ts";
import { limitStore } from "./storage/limits.ts";

interface Needs extends Pick<ClusterNeeds, "sealing" | "clusters"> {
  config: Config;
  /** Where this server listens by now, in all its parts. */
  listeners(): Iterable<Listener>;
  resolve?: Resolve | undefined;
  report(error: unknown): void;
}

/** How clusters are reached: only where the policy allows, each with what its row holds sealed. */
export function connectClusters({ config, listeners, resolve, report, ...needs }: Needs) {
  const { allowPrivateNetworks, allowedAddresses } = config;
  const database = databaseAt(config.database);
  const policy = {
    allowPrivateNetworks,
    allowedAddresses,
    listeners: () => [...listeners(), ...database],
  };
  const outbound = createOutbound({ policy, ...(resolve && { resolve }) });

  /** A refresh token that is good once has to be kept before it is needed again. */
  async function keepRenewed(id: string, refreshToken: string): Promise<string | undefined> {
    const row = await needs.clusters.find(id);
    if (!row) return undefined;
    const { given, access } = openKept(needs, row);
    if (!access.oidc) return undefined;
    const kept = {
      given: { ...given, oidcRefreshToken: refreshToken },
      access: { ...access, oidc: { ...access.oidc, refreshToken } },
    };
    const credentials = sealKept(needs, row, kept);
    return (await needs.clusters.reseal(id, row.credentials, credentials)) ? credentials : undefined;
  }

  const connections = createConnections({
    pool: outbound.pool,
    accessOf: (row) => openKept(needs, row).access,
    renewed: (id, refreshToken) =>
      keepRenewed(id, refreshToken).catch((error) => {
        report(error);
        return undefined;
      }),
  });
  return { outbound, connections };
}

interface MountNeeds extends Omit<ClusterRoutesNeeds, "tellStatus" | "limits"> {
  database: Database;
  checks: CheckStore;
  clusterLog: ClusterLog;
  connections: Connections;
  checkTiming?: CheckTiming | undefined;
  onStatus?: OnStatus | undefined;
  report(error: unknown): void;
}

/** What is asked about clusters, and that they are looked after in the meantime. */
export function mountClusters(mount: Mount, { database, onStatus, ...needs }: MountNeeds) {
  const { checkTiming: timing = usualCheckTiming, report } = needs;
  const tellStatus = createTellStatus({ ...needs, onStatus });
  clusterRoutes(mount, { ...needs, tellStatus, limits: createTestLimits(limitStore(database)) });
  const tasks = createTasks(report);
  return {
    start: () => tasks.start((signal) => checkClusters({ ...needs, tellStatus, timing }, signal)),
    stop: () => tasks.stop(),
  };
}

function databaseAt(database: string): Listener[] {
  const url = /^postgres(ql)?:\/\//.test(database) ? URL.parse(database) : null;
  return url?.hostname
    ? [{ host: url.hostname.replace(/^\[|\]$/g, ""), port: Number(url.port || 5432) }]
    : [];
}
