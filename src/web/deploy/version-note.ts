import type { VersionSummary } from "../../contract/versions.ts";

/** What somebody wrote on a version: what the server writes on those of runs says no more than when they were made. */
export function noteOf({
  description,
  is_automatic,
}: Pick<VersionSummary, "description" | "is_automatic">): string {
  return is_automatic && description.startsWith("Snapshot for run at ") ? "" : description;
}
