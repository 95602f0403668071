import type { ClusterMetadata } from "../../../contract/clusters.ts";
import { Problem } from "../../../core/problem.ts";
import { lookAtCluster } from "../../background/clusters/look-at-cluster.ts";
import { seenAs } from "../../background/clusters/seen-as.ts";
import type { TellStatus } from "../../background/clusters/tell-status.ts";
import type { ClusterRow } from "../../storage/tables.ts";
import type { ClusterNeeds } from "./cluster-needs.ts";

export interface Looked {
  row: ClusterRow;
  metadata: ClusterMetadata;
}

interface TestNeeds extends ClusterNeeds {
  tellStatus: TellStatus;
}

/** Looks at a cluster that is stored, and remembers what came of it. */
export async function testCluster(needs: TestNeeds, user_id: string, row: ClusterRow): Promise<Looked> {
  const { connections, limits, now } = needs;

  async function remember(seen: Parameters<typeof seenAs>[0]): Promise<ClusterRow> {
    const at = now().toISOString();
    const error = "problem" in seen ? seen.problem.message : undefined;
    const happening = { action: "connection_test" as const, user_id, error, at };
    const left = await needs.clusters.update(row.id, seenAs(seen, at), happening);
    await needs.tellStatus(row, left);
    return left;
  }

  try {
    const metadata = await limits.within(user_id, async () => lookAtCluster(connections.to(row), now));
    return { metadata, row: await remember({ metadata }) };
  } catch (error) {
    // Being asked too often says nothing about the cluster.
    if (error instanceof Problem && error.kind !== "too_many" && error.kind !== "not_found")
      await remember({ problem: error });
    throw error;
  }
}
