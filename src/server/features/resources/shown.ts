import type { Resource } from "../../../contract/resources.ts";
import type { GrantedResource } from "../../storage/resources.ts";
import type { ResourceRow } from "../../storage/tables.ts";
import type { ResourceNeeds } from "./resource-needs.ts";
import { toResource } from "./to-resource.ts";

type Needs = Pick<ResourceNeeds, "resources">;

/** An object as one user sees it. */
export async function shownTo(
  { resources }: Needs,
  user_id: string,
  granted: GrantedResource,
): Promise<Resource> {
  const { id, workflow_id, cluster_id } = granted.resource;
  return toResource(granted, {
    user_id,
    marks: await resources.marksOf(id, user_id),
    workflowName: workflow_id ? await resources.workflowName(workflow_id, user_id) : undefined,
    syncs: await resources.syncsOf(cluster_id),
  });
}

/** Others of the same cluster and namespace, as the same user sees them. */
export function othersShownTo(
  needs: Needs,
  user_id: string,
  granted: GrantedResource,
  rows: readonly ResourceRow[],
): Promise<Resource[]> {
  return Promise.all(rows.map((resource) => shownTo(needs, user_id, { ...granted, resource })));
}
