import type { Resource, ResourceChange, ResourceSummary } from "../../../contract/resources.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import { summaryOf } from "../../../core/resources/summary.ts";
import type { GrantedResource } from "../../storage/resources.ts";
import type { ListedResource } from "../../storage/resources-list.ts";
import type { ResourceHistoryRow, ResourceMarkRow } from "../../storage/tables.ts";

export function toSummary(row: ListedResource, now: Date): ResourceSummary {
  return {
    id: row.id,
    name: row.name,
    namespace: row.namespace,
    type: row.kind,
    clusterName: row.cluster_name,
    status: row.status,
    createdAt: row.created_at,
    isFavorite: row.is_favorite === 1,
    summary: summaryOf(row, fromJsonText(row.spec), now),
    ...(row.workflow_id &&
      row.workflow_name != null && { workflowId: row.workflow_id, workflowName: row.workflow_name }),
    ...(row.tags && { userTags: fromJsonText(row.tags) }),
  };
}

/** What is known of an object beside its own row. */
export interface Beside {
  user_id: string;
  marks: ResourceMarkRow | undefined;
  /** Where the workflow is the caller's own. */
  workflowName: string | undefined;
  syncs: ReadonlyMap<string, string>;
}

export function toResource({ resource: row, cluster }: GrantedResource, beside: Beside): Resource {
  const { labels, annotations, ownerReferences, finalizers, generation } = fromJsonText(row.metadata);
  const { user_id, marks, workflowName } = beside;
  const isOwn = workflowName !== undefined && row.workflow_id !== null;
  const seenAt = lastSeenAt(row, beside.syncs);
  return {
    id: row.id,
    userId: user_id,
    clusterId: row.cluster_id,
    clusterName: cluster.name,
    name: row.name,
    namespace: row.namespace,
    type: row.kind,
    apiVersion: row.api_version,
    uid: row.uid,
    resourceVersion: row.resource_version,
    status: row.status,
    ...{ labels, annotations, ownerReferences },
    spec: fromJsonText(row.spec),
    metadata: { finalizers, ...(generation !== undefined && { generation }) },
    ...(isOwn && row.workflow_id && { workflowId: row.workflow_id, workflowName }),
    ...(isOwn && row.node_id && { nodeId: row.node_id }),
    userTags: marks ? fromJsonText(marks.tags) : [],
    userNotes: marks?.notes ?? "",
    isFavorite: marks?.is_favorite === 1,
    createdAt: row.created_at,
    lastSyncedAt: seenAt,
    lastSeenAt: seenAt,
    firstDiscoveredAt: row.first_seen_at,
    ...(row.deleted_at && { deletedAt: row.deleted_at }),
  };
}

/** What has not changed is not written anew: that it was still there is known from the list it stood in. */
function lastSeenAt(row: GrantedResource["resource"], syncs: ReadonlyMap<string, string>): string {
  if (row.deleted_at) return row.last_seen_at;
  const kind = `${row.api_group}/${row.kind}`;
  const listed = [syncs.get(kind) ?? "", syncs.get(`${kind}/${row.namespace}`) ?? ""];
  return [row.last_seen_at, ...listed].toSorted().at(-1) ?? row.last_seen_at;
}

export function toChange(row: ResourceHistoryRow, user_id: string): ResourceChange {
  return {
    id: row.id,
    resourceId: row.resource_id,
    userId: user_id,
    action: row.action,
    changes: fromJsonText(row.changes),
    ...(row.old_status && { oldStatus: row.old_status }),
    ...(row.new_status && { newStatus: row.new_status }),
    timestamp: row.at,
    message: row.message,
  };
}
