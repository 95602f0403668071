import type { Cluster, ClusterMetadata } from "../../../contract/clusters.ts";
import { reaches } from "../../../core/access/grant.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import type { Granted } from "../../storage/grants.ts";
import type { ClusterRow } from "../../storage/tables.ts";
import { type ClusterNeeds, openKept, unreadable } from "./cluster-needs.ts";

export const unknownMetadata: ClusterMetadata = {
  version: "",
  platform: "",
  provider: "",
  region: "",
  nodeCount: 0,
  cpuCapacity: "",
  memoryCapacity: "",
  storageClasses: [],
  namespaces: [],
  capabilities: [],
};

type Needs = Pick<ClusterNeeds, "sealing">;

/** A cluster as it is answered: named field by field, so that no credential has a way out. */
export function toCluster(
  needs: Needs,
  { cluster: row, grant }: Granted,
  default_id: string | undefined,
): Cluster {
  const known = fromJsonText(row.metadata);
  const metadata = { ...known, namespaces: known.namespaces.filter((name) => reaches(grant, name)) };
  const { status, warning } = stateOf(needs, row);
  return {
    id: row.id,
    name: row.name,
    displayName: row.display_name || row.name,
    description: row.description,
    server: row.server,
    authType: row.auth_type,
    auth_type: row.auth_type,
    status,
    default: row.id === default_id,
    singleNode: row.single_node === 1,
    insecure: row.insecure === 1,
    namespace: row.namespace,
    labels: fromJsonText(row.labels),
    metadata,
    ...(metadata.version && { version: metadata.version }),
    ...(warning && { warning }),
    shared: grant.role !== "owner",
    role: grant.role,
    namespaces: [...grant.namespaces],
    simulated: row.simulated === 1,
    ...(row.last_check && { lastCheck: row.last_check }),
    ...(row.away_since && { awaySince: row.away_since }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Credentials that cannot be opened are this cluster's trouble, and not that of the list it stands in. */
function stateOf(needs: Needs, row: ClusterRow): Pick<ClusterRow, "status" | "warning"> {
  try {
    openKept(needs, row);
    return row;
  } catch {
    return { status: "error", warning: unreadable };
  }
}
