import type { NewShare } from "../../../contract/cluster-sharing.ts";
import type { User } from "../../../contract/user.ts";
import { emailIdentity } from "../../../core/accounts/email-address.ts";
import { toJsonText } from "../../../core/json-text.ts";
import { invalid, notFound } from "../../../core/problem.ts";
import type { ShareStore } from "../../storage/cluster-shares.ts";
import type { ClusterRow } from "../../storage/tables.ts";
import type { UserStore } from "../../storage/users.ts";

export interface SharingNeeds {
  shares: ShareStore;
  users: Pick<UserStore, "findId">;
  /** Ends at once what stands on access that is gone. */
  accessChanged(): void;
  now(): Date;
}

/** Gives somebody else access to a cluster; once more, it changes what they were given. */
export async function shareCluster(
  { shares, users, accessChanged, now }: SharingNeeds,
  user: User,
  { id: cluster_id }: ClusterRow,
  { role, namespaces = [], ...named }: NewShare,
): Promise<void> {
  const target = targetOf(named);
  const user_id = await users.findId(target);
  if (!user_id) throw notFound("User");
  if (user_id === user.id) throw invalid("A cluster cannot be shared with its owner");
  await shares.give({
    cluster_id,
    user_id,
    role,
    namespaces: toJsonText([...new Set(namespaces)].toSorted()),
    granted_by: user.id,
    granted_at: now().toISOString(),
  });
  // It may be less than it was.
  accessChanged();
}

function targetOf(named: Pick<NewShare, "targetUserId" | "user_id" | "email" | "user_email">) {
  const id = named.targetUserId ?? named.user_id;
  const email = named.email ?? named.user_email;
  if (id !== undefined) return { id };
  if (email !== undefined) return { email: emailIdentity(email) };
  const message = "Name whom to share with, by targetUserId or email";
  throw invalid(message, [{ path: "/targetUserId", message }]);
}

/** Takes access away. What is open on it ends, and so do runs. */
export async function unshareCluster(
  { shares, accessChanged, now }: SharingNeeds,
  user: User,
  { id }: ClusterRow,
  user_id: string,
): Promise<void> {
  if (!(await shares.take(id, user_id, { by: user.id, at: now().toISOString() }))) throw notFound("Share");
  accessChanged();
}
