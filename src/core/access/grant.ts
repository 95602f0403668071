import { forbidden } from "../problem.ts";

/** What somebody may do in a cluster, each word including those before it; `owner` is whose it is. */
export const roles = ["viewer", "editor", "admin", "owner"] as const;
export type Role = (typeof roles)[number];

/** What somebody was given of a cluster. No namespaces means all of them, and what is in none. */
export interface Grant {
  role: Role;
  namespaces: readonly string[];
}

/** What somebody has to have in a cluster for as long as something goes on, such as a stream. */
export interface Standing {
  cluster_id: string;
  role: Role;
  /** Where it has to reach; `""` into what is in no namespace. Left out, anywhere will do. */
  namespace?: string;
}

/** What it takes to go on with something in a cluster. */
export function standingAt(place: { cluster_id: string; namespace: string }, role: Role): Standing {
  const { cluster_id, namespace } = place;
  return { cluster_id, namespace, role };
}

/** Whether a grant is enough for something to go on. */
export function covers(grant: Grant, { role, namespace }: Omit<Standing, "cluster_id">): boolean {
  return isAtLeast(grant.role, role) && (namespace === undefined || reaches(grant, namespace));
}

/** Whether a grant reaches into a namespace; what is in none (`""`) is for those who have all. */
export function reaches({ namespaces }: Grant, namespace: string): boolean {
  return namespaces.length === 0 || namespaces.includes(namespace);
}

function isAtLeast(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** Refuses, with 403 and in words, whoever has a lesser role than is needed. */
export function demandRole({ role }: Grant, needed: Role): void {
  if (isAtLeast(role, needed)) return;
  if (needed === "owner") throw forbidden("Only the owner of this cluster may do this");
  throw forbidden(`This needs the role ${needed} in this cluster; yours is ${role}`);
}

/** Refuses, with 403 and in words, whoever was given other namespaces only. */
export function demandNamespace(grant: Grant, namespace: string): void {
  if (reaches(grant, namespace)) return;
  if (namespace === "") throw forbidden("Your access to this cluster is limited to namespaces");
  throw forbidden(`Your access to this cluster does not include the namespace ${namespace}`);
}
