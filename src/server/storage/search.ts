import { type RawBuilder, sql } from "kysely";
import { containing } from "./containing.ts";
import type { Database, Reader } from "./database.ts";
import type { Granted } from "./grants.ts";
import { isVisible } from "./resources-list.ts";

export type SearchStore = ReturnType<typeof searchStore>;

/** Texts of one column that have of each group one of its texts. */
export interface Sought {
  column: "about" | "parts";
  groups: readonly (readonly string[])[];
  limit: number;
}

/** Finds what may be meant, never more than is asked for; what fits best is for others to say. */
export function searchStore({ read, exclusive }: Pick<Database, "read" | "exclusive">) {
  const beginsWith = exclusive ? fromTo : startsWith;

  return {
    /** The last changed first, with the nodes in them. */
    async workflowsWith(owner_id: string, sought: Sought) {
      // Trigrams are SQLite's.
      const isRead = !exclusive || (await hasFew(read, owner_id));
      return texts(read, owner_id)
        .select("search_texts.nodes")
        .where(isRead ? hasAll("search_texts", sought) : byTrigrams(owner_id, sought))
        .orderBy("search_texts.id", "desc")
        .limit(sought.limit)
        .execute();
    },

    /** The shortest first. */
    workflowsNamed: (owner_id: string, beginning: string, limit: number) =>
      texts(read, owner_id)
        .where(beginsWith("search_texts.name", beginning))
        .orderBy(sql`length(search_texts.name)`)
        .orderBy("search_texts.id", "desc")
        .limit(limit)
        .execute(),

    /** What those are called that were changed last. */
    namesOf: (owner_id: string, limit: number) =>
      read
        .selectFrom("search_texts")
        .select(["workflow_id as id", "name as plain_name"])
        .where("owner_id", "=", owner_id)
        .orderBy("search_texts.id", "desc")
        .limit(limit)
        .execute(),

    /** In no order. */
    workflowsById: (owner_id: string, ids: readonly string[]) =>
      texts(read, owner_id)
        .where("search_texts.workflow_id", "in", [...ids])
        .execute(),

    resourcesNamed: (granted: readonly Granted[], beginning: string, limit: number) =>
      resourcesIn(read, granted).where(beginsWith("resources.name", beginning)).limit(limit).execute(),

    /** Those that have each of the words in their name, namespace or kind. */
    resourcesWith: (granted: readonly Granted[], words: readonly string[], limit: number) =>
      words.reduce(withWord, resourcesIn(read, granted)).limit(limit).execute(),

    /** The latest, with what their workflows are called. */
    runsOf: (owner_id: string, limit: number) => latestRuns(read, owner_id, limit),
  };
}

/** Texts of one owner, up to so many, are read one after another faster than all of everybody's are looked up. */
const few = 10_000;

async function hasFew(read: Reader, owner_id: string): Promise<boolean> {
  const own = read.selectFrom("search_texts").select("id").where("owner_id", "=", owner_id);
  return (await own.offset(few).limit(1).executeTakeFirst()) === undefined;
}

/** An index of trigrams says which texts may have the words; the texts themselves say whether they do. */
function byTrigrams(owner_id: string, sought: Sought): RawBuilder<boolean> {
  const { column, groups, limit } = sought;
  const phrases = groups
    .filter((group) => group.every((text) => [...text].length >= 3))
    .map((group) => `(${group.map((text) => `"${text.replaceAll('"', '""')}"`).join(" OR ")})`);
  if (phrases.length === 0) return hasAll("search_texts", sought);
  const asked = `owner : "${owner_id.slice(-3)}" AND ${column} : (${phrases.join(" AND ")})`;
  return sql`search_texts.id in (select mine.id from search_trigrams
    inner join search_texts as mine on mine.id = search_trigrams.rowid
    where search_trigrams match ${asked} and mine.owner_id = ${owner_id} and ${hasAll("mine", sought)}
    order by search_trigrams.rowid desc limit ${limit})`;
}

function hasAll(table: string, { column, groups }: Sought): RawBuilder<boolean> {
  const has = (text: string) => sql`${sql.ref(`${table}.${column}`)} like ${containing(text)} escape '\\'`;
  const each = groups.map((group) => sql`(${sql.join(group.map(has), sql` or `)})`);
  return sql`(${sql.join(each, sql` and `)})`;
}

/** A range that an index can be asked for, where texts are ordered by their characters. */
function fromTo(column: string, beginning: string): RawBuilder<boolean> {
  return sql`(${sql.ref(column)} >= ${beginning} and ${sql.ref(column)} < ${`${beginning}\u{10FFFF}`})`;
}

function startsWith(column: string, beginning: string): RawBuilder<boolean> {
  return sql`${sql.ref(column)} like ${containing(beginning).slice(1)} escape '\\'`;
}

function texts(read: Reader, owner_id: string) {
  return read
    .selectFrom("search_texts")
    .innerJoin("workflows", "workflows.id", "search_texts.workflow_id")
    .select(["workflows.id", "workflows.name", "workflows.description", "workflows.status"])
    .select(["search_texts.name as plain_name", "search_texts.about"])
    .where("search_texts.owner_id", "=", owner_id)
    .where("workflows.deleted_at", "is", null);
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
