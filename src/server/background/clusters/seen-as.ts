import type { ClusterMetadata } from "../../../contract/clusters.ts";
import { toJsonText } from "../../../core/json-text.ts";
import type { Problem } from "../../../core/problem.ts";
import type { ClusterChange } from "../../storage/cluster-notes.ts";

/** What a look at a cluster changes in its row. */
export function seenAs(
  seen: { metadata: ClusterMetadata } | { problem: Problem },
  at: string,
): ClusterChange {
  if ("metadata" in seen) {
    const metadata = toJsonText(seen.metadata);
    return { status: "connected", warning: null, metadata, last_check: at };
  }
  return { status: "error", warning: seen.problem.message, last_check: at };
}
