import type { User } from "../../../contract/user.ts";
import { demandNamespace, demandRole, type Role } from "../../../core/access/grant.ts";
import { notFound } from "../../../core/problem.ts";
import type { Granted, GrantStore } from "../../storage/grants.ts";

export interface Rule {
  role: Role;
  /** Whether it is about the cluster as a whole, and not for those who were given some namespaces of it. */
  isWhole?: boolean;
}

/** The cluster of that name that somebody may use, provided that they may do so much with it. */
export async function findGranted(
  { grants }: { grants: Pick<GrantStore, "named"> },
  name: string,
  user: User,
  { role, isWhole = false }: Rule,
): Promise<Granted> {
  const granted = await grants.named(name, user.id);
  if (!granted) throw notFound("Cluster");
  demandRole(granted.grant, role);
  if (isWhole) demandNamespace(granted.grant, "");
  return granted;
}
