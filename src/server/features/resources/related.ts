import { reaches } from "../../../core/access/grant.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import { relatedTo } from "../../../core/resources/related.ts";
import type { GrantedResource } from "../../storage/resources.ts";
import type { ResourceNeeds } from "./resource-needs.ts";
import { toSummary } from "./to-resource.ts";

/** What stands in a relation to an object, as far as the caller may look. */
export async function findRelated(
  { resources, now }: Pick<ResourceNeeds, "resources" | "now">,
  user_id: string,
  { resource, cluster, grant }: GrantedResource,
) {
  const namespaces = reaches(grant, "") ? [resource.namespace, ""] : [resource.namespace];
  const rows = await resources.around(resource.cluster_id, namespaces);
  // What is gone is still shown, with what it was related to.
  const all = rows.some(({ id }) => id === resource.id) ? rows : [...rows, resource];
  const { ids, edges } = relatedTo(
    resource.id,
    all.map((row) => ({
      ...row,
      labels: fromJsonText(row.metadata).labels,
      links: fromJsonText(row.links),
    })),
  );
  const favorites = await resources.favoritesAmong(ids, user_id);
  const byId = new Map(all.map((row) => [row.id, row]));
  const nodes = ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const shown = { ...row, cluster_name: cluster.name, is_favorite: favorites.has(id) ? 1 : 0 };
    return [toSummary(shown, now())];
  });
  return { nodes, edges };
}
