import { notFound } from "../../../core/problem.ts";
import type { LiveResources } from "../../background/live-resources.ts";
import type { ResourceSync } from "../../background/sync-resources.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { ResourceEvents } from "../../events/resource-events.ts";
import type { GrantStore } from "../../storage/grants.ts";
import type { GrantedResource, ResourceStore } from "../../storage/resources.ts";
import type { ClusterRow } from "../../storage/tables.ts";

export interface ResourceNeeds {
  resources: ResourceStore;
  grants: GrantStore;
  syncing: ResourceSync;
  live: LiveResources;
  events: ResourceEvents;
  connect(row: ClusterRow): Cluster;
  newId(): string;
  now(): Date;
  report(error: unknown): void;
}

/** The object somebody named, if they may look at it; what they may not was never there. */
export async function demandResource(
  { resources }: Pick<ResourceNeeds, "resources">,
  id: string,
  user_id: string,
): Promise<GrantedResource> {
  const found = await resources.findGranted(id, user_id);
  if (!found) throw notFound("Resource");
  return found;
}
