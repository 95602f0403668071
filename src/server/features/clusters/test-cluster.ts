import type { ClusterMetadata } from "../../../contract/clusters.ts";
import { Problem } from "../../../core/problem.ts";
import type { ClusterRow } from "../../storage/tables.ts";
import type { ClusterNeeds } from "./cluster-needs.ts";
import { lookAtCluster } from "./look-at-cluster.ts";
import { seenAs } from "./try-access.ts";

export interface Looked {
  row: ClusterRow;
  metadata: ClusterMetadata;
}

/** Looks at a cluster that is stored, and remembers what came of it. */
export async function testCluster(needs: ClusterNeeds, user_id: string, row: ClusterRow): Promise<Looked> {
  const { clusters, connections, limits, now } = needs;
  try {
    const metadata = await limits.within(user_id, async () => lookAtCluster(connections.to(row), now));
    return { metadata, row: await clusters.update(row.id, seenAs({ metadata }, now().toISOString())) };
  } catch (error) {
    // Being asked too often says nothing about the cluster.
    if (error instanceof Problem && error.kind !== "too_many" && error.kind !== "not_found")
      await clusters.update(row.id, seenAs({ problem: error }, now().toISOString()));
    throw error;
  }
}
