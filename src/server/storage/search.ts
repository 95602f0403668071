import { sql } from "kysely";
import { beginsWith } from "./begins-with.ts";
import { containing } from "./containing.ts";
import type { Database, Reader } from "./database.ts";
import type { Granted } from "./grants.ts";
import { isVisible } from "./resources-list.ts";
import { searchTexts } from "./search-texts.ts";

export type SearchStore = ReturnType<typeof searchStore>;

/** Finds what may be meant, never more than is asked for; what fits best is for others to say. */
export function searchStore(database: Pick<Database, "read" | "exclusive">) {
  const { read } = database;

  return {
    /** What is said in one owner's workflows. */
    textsOf: (owner_id: string) => searchTexts(database, owner_id),

    resourcesNamed: (granted: readonly Granted[], beginning: string, limit: number) =>
      resourcesIn(read, granted)
        .where(beginsWith(database, "resources.name", beginning))
        .limit(limit)
        .execute(),

    /** Those that have each of the words in their name, namespace or kind. */
    resourcesWith: (granted: readonly Granted[], words: readonly string[], limit: number) =>
      words.reduce(withWord, resourcesIn(read, granted)).limit(limit).execute(),

    /** The latest, with what their workflows are called. */
    runsOf: (owner_id: string, limit: number) => latestRuns(read, owner_id, limit),
  };
}

function latestRuns(read: Reader, owner_id: string, limit: number) {
  return read
    .selectFrom("runs")
    .innerJoin("workflows", "workflows.id", "runs.workflow_id")
    .select(["runs.id", "runs.workflow_id", "runs.version", "runs.status", "runs.started_at"])
    .select(["runs.cluster_name", "runs.namespace", "workflows.name as workflow_name"])
    .where("runs.owner_id", "=", owner_id)
    .where("workflows.deleted_at", "is", null)
    .orderBy("runs.started_at", "desc")
    .limit(limit)
    .execute();
}

function resourcesIn(read: Reader, granted: readonly Granted[]) {
  return read
    .selectFrom("resources")
    .innerJoin("clusters", "clusters.id", "resources.cluster_id")
    .select(["resources.id", "resources.name", "resources.namespace", "resources.kind as type"])
    .select("clusters.name as clusterName")
    .where("resources.deleted_at", "is", null)
    .where((eb) => isVisible(eb, granted));
}

function withWord(rows: ReturnType<typeof resourcesIn>, word: string) {
  const pattern = containing(word);
  return rows.where((eb) =>
    eb.or([
      sql<boolean>`resources.name like ${pattern} escape '\\'`,
      sql<boolean>`resources.namespace like ${pattern} escape '\\'`,
      sql<boolean>`lower(resources.kind) like ${pattern} escape '\\'`,
    ]),
  );
}
