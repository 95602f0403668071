import { api } from "../../../contract/api.ts";
import type { Mount } from "../../http/mount.ts";
import type { GrantStore } from "../../storage/grants.ts";
import { findGranted } from "./find-granted.ts";
import { type SharingNeeds, shareCluster, unshareCluster } from "./share-cluster.ts";

interface Needs extends SharingNeeds {
  grants: Pick<GrantStore, "named">;
}

/** Who may use a cluster beside its owner: the owner says so, and nobody else. */
export function sharingRoutes(mount: Mount, needs: Needs): void {
  mount.endpoint(api.shareCluster, async ({ params, body, user }) => {
    const { cluster } = await findGranted(needs, params.name, user, { role: "owner" });
    await shareCluster(needs, user, cluster, body);
    return { message: "Cluster shared successfully", cluster: cluster.name };
  });

  mount.endpoint(api.listShares, async ({ params, user }) => {
    const { cluster } = await findGranted(needs, params.name, user, { role: "admin", isWhole: true });
    return { shares: await needs.shares.list(cluster.id) };
  });

  mount.endpoint(api.unshareCluster, async ({ params, user }) => {
    const isLeaving = params.userId === user.id;
    const rule = { role: isLeaving ? ("viewer" as const) : ("owner" as const) };
    const { cluster } = await findGranted(needs, params.name, user, rule);
    await unshareCluster(needs, user, cluster, params.userId);
    const message = isLeaving ? "Cluster left successfully" : "Access taken away successfully";
    return { message, cluster: cluster.name };
  });
}
