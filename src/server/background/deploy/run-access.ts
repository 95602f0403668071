import { covers } from "../../../core/access/grant.ts";
import { demandRequest } from "../../../core/access/harmless.ts";
import { forbidden } from "../../../core/problem.ts";
import type { ObjectRequest } from "../../cluster/guarded.ts";
import type { ClusterStore } from "../../storage/clusters.ts";
import type { GrantStore } from "../../storage/grants.ts";
import type { RunRow } from "../../storage/tables.ts";

interface Needs {
  grants: Pick<GrantStore, "byId">;
  clusters: Pick<ClusterStore, "find">;
}

type Run = Pick<RunRow, "cluster_id" | "owner_id">;

export const accessGone = "Access to the cluster was taken away while the run was under way";

/** What the one whose run it is may do in its cluster, asked each time: access is taken away when it is taken away. */
export function runAccess({ grants, clusters }: Needs) {
  return {
    async demand({ cluster_id, owner_id }: Run, request: ObjectRequest): Promise<void> {
      const granted = await grants.byId(cluster_id, owner_id);
      if (!granted) throw forbidden(accessGone);
      demandRequest(granted.grant, request);
    },

    /** What became of a cluster that was removed is told by whoever cannot reach it. */
    async mayGoOn({ cluster_id, owner_id }: Run): Promise<boolean> {
      const granted = await grants.byId(cluster_id, owner_id);
      if (granted) return covers(granted.grant, { role: "editor" });
      return (await clusters.find(cluster_id)) === undefined;
    },
  };
}
