import { type ExpressionBuilder, sql } from "kysely";
import type { ResourceQuery } from "../../contract/resources.ts";
import { fromJsonText, type JsonText, toJsonText } from "../../core/json-text.ts";
import { systemNamespaces } from "../../core/resources/kinds.ts";
import { containing } from "./containing.ts";
import type { Reader } from "./database.ts";
import type { Granted } from "./grants.ts";
import type { ResourceRow } from "./tables.ts";

/** What is asked of a list, its two spellings of one thing made one. */
export interface ResourceListing
  extends Pick<
    ResourceQuery,
    | "limit"
    | "search"
    | "cluster"
    | "namespace"
    | "type"
    | "status"
    | "workflowId"
    | "tag"
    | "favorite"
    | "hideSystem"
  > {
  offset: number;
  sort: keyof typeof columns;
  order: "asc" | "desc";
}

const columns = {
  created: "resources.created_at",
  name: "resources.name",
  type: "resources.kind",
  namespace: "resources.namespace",
  cluster: "clusters.name",
  status: "resources.status",
} as const;

const shown = ["id", "name", "namespace", "kind", "status", "created_at", "spec"] as const;

export type ListedResource = Pick<ResourceRow, (typeof shown)[number]> & {
  cluster_name: string;
  is_favorite: number | null;
  tags?: JsonText<string[]> | null;
  /** Of the reader's own workflows. */
  workflow_id?: string | null;
  workflow_name?: string | null;
};

/** One page of what somebody may see, and how many there are in all. */
export async function listResources(
  read: Reader,
  user_id: string,
  granted: Granted[],
  asked: ResourceListing,
) {
  const matching = matchingRows(read, user_id, granted, asked);
  const rows: ListedResource[] = await matching
    .select(shown.map((column) => `resources.${column}` as const))
    .select(["clusters.name as cluster_name", "resource_marks.is_favorite", "resource_marks.tags"])
    .select(["workflows.id as workflow_id", "workflows.name as workflow_name"])
    .orderBy(columns[asked.sort], asked.order)
    .orderBy("resources.id", asked.order)
    .limit(asked.limit)
    .offset(asked.offset)
    .execute();
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return { rows, total: Number(total) };
}

/** How many of all matches there are of each namespace, kind, status, cluster, tag and workflow. */
export async function countResources(
  read: Reader,
  user_id: string,
  granted: Granted[],
  asked: ResourceListing,
) {
  const countBy = async (name: "namespace" | "type" | "status" | "cluster") => {
    const column = columns[name];
    const rows = await matchingRows(read, user_id, granted, asked)
      .select((eb) => [eb.ref(column).as("value"), eb.fn.countAll<number>().as("count")])
      .groupBy(column)
      .orderBy(column)
      .execute();
    return Object.fromEntries(rows.map(({ value, count }) => [String(value), Number(count)]));
  };
  const [namespace, type, status, cluster] = [
    await countBy("namespace"),
    await countBy("type"),
    await countBy("status"),
    await countBy("cluster"),
  ];
  const matching = matchingRows(read, user_id, granted, asked);
  const tagged = await matching.select("resource_marks.tags").where("tags", "!=", toJsonText([])).execute();
  return {
    namespace,
    type,
    status,
    cluster,
    tag: countTags(tagged),
    workflow: await countWorkflows(matching),
  };
}

/** A user has put tags on few of them. */
function countTags(rows: readonly { tags: JsonText<string[]> | null }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { tags } of rows)
    for (const tag of tags === null ? [] : fromJsonText(tags)) counts[tag] = (counts[tag] ?? 0) + 1;
  return counts;
}

async function countWorkflows(matching: ReturnType<typeof matchingRows>) {
  const rows = await matching
    .select((eb) => ["workflows.id", "workflows.name", eb.fn.countAll<number>().as("count")])
    .where("workflows.id", "is not", null)
    .groupBy(["workflows.id", "workflows.name"])
    .orderBy("workflows.name")
    .orderBy("workflows.id")
    .execute();
  return rows.map(({ id, name, count }) => ({ id: id ?? "", name: name ?? "", count: Number(count) }));
}

const isAll = (value: string) => value === "" || value === "all";

function matchingRows(read: Reader, user_id: string, granted: Granted[], asked: ResourceListing) {
  let rows = read
    .selectFrom("resources")
    .innerJoin("clusters", "clusters.id", "resources.cluster_id")
    .leftJoin("resource_marks", (join) =>
      join
        .onRef("resource_marks.resource_id", "=", "resources.id")
        .on("resource_marks.user_id", "=", user_id),
    )
    .leftJoin("workflows", (join) =>
      join.onRef("workflows.id", "=", "resources.workflow_id").on("workflows.owner_id", "=", user_id),
    )
    .where((eb) => isVisible(eb, granted));
  rows = rows.where("resources.deleted_at", asked.status === "deleted" ? "is not" : "is", null);
  if (!isAll(asked.cluster)) rows = rows.where("clusters.name", "=", asked.cluster);
  if (asked.namespace === "-") rows = rows.where("resources.namespace", "=", "");
  else if (!isAll(asked.namespace)) rows = rows.where("resources.namespace", "=", asked.namespace);
  if (!isAll(asked.type)) rows = rows.where("resources.kind", "=", asked.type);
  if (!isAll(asked.status)) rows = rows.where("resources.status", "=", asked.status as ResourceRow["status"]);
  if (asked.favorite) rows = rows.where("resource_marks.is_favorite", "=", 1);
  if (asked.hideSystem) rows = rows.where((eb) => isOrdinary(eb));
  if (asked.workflowId === "none") rows = rows.where("workflows.id", "is", null);
  else if (asked.workflowId) rows = rows.where("workflows.id", "=", asked.workflowId);
  if (asked.tag) rows = rows.where(hasTag(asked.tag));
  if (!asked.search) return rows;
  const pattern = containing(asked.search.toLowerCase());
  return rows.where((eb) =>
    eb.or([
      sql<boolean>`lower(resources.name) like ${pattern} escape '\\'`,
      sql<boolean>`lower(resources.namespace) like ${pattern} escape '\\'`,
    ]),
  );
}

/** Tags are kept as JSON, where each is between quotes of its own. What is not there cannot be taken out. */
function hasTag(tag: string) {
  return sql<boolean>`replace(resource_marks.tags, ${JSON.stringify(tag)}, '') <> resource_marks.tags`;
}

type Eb = ExpressionBuilder<{ resources: ResourceRow }, "resources">;

/** What is in clusters somebody was granted, and in the namespaces they were granted of them. */
export function isVisible(eb: Eb, granted: readonly Granted[]) {
  const whole = granted.filter(({ grant }) => grant.namespaces.length === 0);
  const parts = granted.filter(({ grant }) => grant.namespaces.length > 0);
  const ids = whole.map(({ cluster }) => cluster.id);
  return eb.or([
    ids.length > 0 ? eb("resources.cluster_id", "in", ids) : eb.val(false),
    ...parts.map(({ cluster, grant }) =>
      eb.and([
        eb("resources.cluster_id", "=", cluster.id),
        eb("resources.namespace", "in", [...grant.namespaces]),
      ]),
    ),
  ]);
}

/** What people made themselves: not what keeps the cluster going, and not what every namespace has. */
function isOrdinary(eb: Eb) {
  const isA = (kind: string, ...names: string[]) =>
    eb.and([eb("resources.kind", "=", kind), eb("resources.name", "in", names)]);
  return eb.not(
    eb.or([
      eb("resources.namespace", "in", [...systemNamespaces]),
      eb("resources.kind", "=", "Node"),
      isA("Namespace", ...systemNamespaces),
      isA("ConfigMap", "kube-root-ca.crt"),
      isA("Service", "kubernetes"),
      isA("ServiceAccount", "default"),
    ]),
  );
}
