import type { ResourceQuery } from "../../../contract/resources.ts";
import type { Granted } from "../../storage/grants.ts";
import type { ResourceListing } from "../../storage/resources-list.ts";
import type { ResourceNeeds } from "./resource-needs.ts";
import { toSummary } from "./to-resource.ts";

/** One page of what somebody may see, of all their clusters. */
export async function listResources(needs: ResourceNeeds, user_id: string, query: ResourceQuery) {
  const { resources, grants, now } = needs;
  const granted = await grants.all(user_id);
  if (query.sync) startSync(needs, granted, query.cluster);
  const asked = toListing(query);
  const { rows, total } = await resources.list(user_id, granted, asked);
  const { limit, offset } = asked;
  return {
    resources: rows.map((row) => toSummary(row, now())),
    total,
    page: Math.floor(offset / limit) + 1,
    limit,
    offset,
    ...(query.facets && (await counted(needs, user_id, granted, asked))),
  };
}

const sorts = { created_at: "created", createdAt: "created" } as const;

function toListing({ page, sort, order, sort_by, sort_order, ...query }: ResourceQuery): ResourceListing {
  const named = sort_by ?? sort;
  return {
    ...query,
    offset: query.offset ?? (page - 1) * query.limit,
    sort: named === "created_at" || named === "createdAt" ? sorts[named] : named,
    order: sort_order ?? (sort_by ? "asc" : order),
  };
}

async function counted(
  { resources }: ResourceNeeds,
  user_id: string,
  granted: Granted[],
  asked: ResourceListing,
) {
  const syncedAt = granted.map(async ({ cluster }) => {
    const syncs = await resources.syncsOf(cluster.id);
    return [cluster.name, syncs.get("") ?? null] as const;
  });
  return {
    facets: await resources.facets(user_id, granted, asked),
    synced_at: Object.fromEntries(await Promise.all(syncedAt)),
  };
}

/** Goes on after the answer, which still shows what was known before. */
function startSync({ syncing, report }: ResourceNeeds, granted: Granted[], named: string): void {
  for (const { cluster } of granted)
    if (["", "all", cluster.name].includes(named)) syncing.sync(cluster).catch(report);
}
