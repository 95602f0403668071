import { createConnections } from "./cluster/connections.ts";
import type { Config } from "./config.ts";
import { type ClusterNeeds, openKept, sealKept } from "./features/clusters/cluster-needs.ts";
import type { Listener, Resolve } from "./outbound/judge.ts";
import { createOutbound } from "./outbound/outbound.ts";

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

function databaseAt(database: string): Listener[] {
  const url = /^postgres(ql)?:\/\//.test(database) ? URL.parse(database) : null;
  return url?.hostname
    ? [{ host: url.hostname.replace(/^\[|\]$/g, ""), port: Number(url.port || 5432) }]
    : [];
}
