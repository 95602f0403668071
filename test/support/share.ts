import { api } from "../../src/contract/api.ts";
import type { startTestApp } from "./test-app.ts";

type Person = Awaited<ReturnType<Awaited<ReturnType<typeof startTestApp>>["signUp"]>>;

/** What somebody is given of a cluster. */
export interface Given {
  role: "viewer" | "editor" | "admin";
  namespaces?: string[];
}

/** The owner gives somebody access to a cluster, or another one than before. */
export async function share(owner: Person, name: string, to: Person, given: Given): Promise<void> {
  const targetUserId = to.user.id;
  await owner.call(api.shareCluster, { params: { name }, body: { targetUserId, ...given } });
}

/** The owner takes access away. */
export async function unshare(owner: Person, name: string, from: Person): Promise<void> {
  const userId = from.user.id;
  await owner.call(api.unshareCluster, { params: { name, userId } });
}
