import type { Version, VersionSummary } from "../../../contract/versions.ts";
import { type JsonText, toJsonText } from "../../../core/json-text.ts";
import type { StoredVersion, Versioned } from "../../storage/versions-read.ts";

/** A version as the contract shows it. Its drawing goes from row to answer as it is. */
export function versionText(version: StoredVersion, workflow: Versioned): JsonText<Version> {
  const { design, canvas } = version;
  const head = toJsonText(summaryOf(version, workflow)).slice(0, -1);
  const drawing = design === undefined ? "" : `,${design.slice(1, -1)}`;
  const placed = typeof canvas === "string" ? `,"canvas":${canvas}` : "";
  return `${head}${drawing}${placed}}` as JsonText<Version>;
}

function summaryOf(row: StoredVersion, { deployed_version }: Versioned): VersionSummary {
  const { workflow_id, version, name, tag, description, restored_from, run_id, run_status } = row;
  return {
    id: `${workflow_id}-${version}`,
    workflow_id,
    version,
    ...(name !== null && { name }),
    ...(tag !== null && { tag }),
    description,
    is_automatic: row.is_automatic === 1,
    unchanged: row.unchanged === 1,
    live: version === deployed_version,
    ...(restored_from !== null && { restored_from }),
    ...(run_id !== null && { run_id }),
    ...(run_status !== null && { run_status }),
    created_by: row.created_by,
    created_at: row.created_at,
  };
}
