import type { ClusterMetadata } from "../../../contract/clusters.ts";
import { Problem } from "../../../core/problem.ts";
import { lookAtCluster } from "../../background/clusters/look-at-cluster.ts";
import type { Access } from "../../cluster/authentication.ts";
import { isAddressRefused } from "../../outbound/judge.ts";
import type { Checked } from "./access.ts";
import type { ClusterNeeds } from "./cluster-needs.ts";

export type Tried =
  | { access: Access; metadata: ClusterMetadata; problem?: undefined }
  | { access: Access; problem: Problem };

type Needs = Pick<ClusterNeeds, "connections" | "outbound" | "limits" | "now">;

/** Tries a way in. A forbidden address is refused outright; all else that goes wrong is an outcome. */
export async function tryAccess(needs: Needs, user_id: string, { access, urls }: Checked): Promise<Tried> {
  for (const url of urls) await needs.outbound.judge(url);
  return needs.limits.within(user_id, () =>
    needs.connections.once(access, async (cluster, latest) => {
      try {
        const metadata = await lookAtCluster(cluster, needs.now);
        return { access: latest(), metadata };
      } catch (error) {
        if (!(error instanceof Problem) || isAddressRefused(error)) throw error;
        return { access: latest(), problem: error };
      }
    }),
  );
}
