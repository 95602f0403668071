import { Problem } from "../../core/problem.ts";
import { ClusterRefusal } from "./rest.ts";

/** The status with which a cluster refused, however its refusal has been put in words since. */
export function refusedStatus(error: unknown): number | undefined {
  const refusal = error instanceof Problem ? error.cause : error;
  return refusal instanceof ClusterRefusal ? refusal.status : undefined;
}
