import { type RawBuilder, sql } from "kysely";
import { beginsWith } from "./begins-with.ts";
import { containing } from "./containing.ts";
import type { Database, Reader } from "./database.ts";

export type SearchTexts = Awaited<ReturnType<typeof searchTexts>>;

/** Texts of one column that have of each group one of its texts. */
export interface Sought {
  column: "about" | "parts";
  groups: readonly (readonly string[])[];
  limit: number;
}

/** What is said in one owner's workflows. */
export async function searchTexts(
  { read, exclusive }: Pick<Database, "read" | "exclusive">,
  owner_id: string,
) {
  // Trigrams are SQLite's.
  const isRead = !exclusive || (await hasFew(read, owner_id));

  /** The last changed first, with the nodes in them. */
  const having = (sought: Sought) =>
    texts(read, owner_id)
      .select("search_texts.nodes")
      .where(isRead ? hasAll("search_texts", sought) : byTrigrams(owner_id, sought))
      .orderBy("search_texts.id", "desc")
      .limit(sought.limit)
      .execute();

  return {
    having,

    /** Those that have it in what is said of them, and those that have it in their nodes. */
    async havingAnywhere(sought: Omit<Sought, "column">) {
      // What is nowhere, as most of what is misspelt, is looked for once.
      if (isRead && !(await isAnywhere(read, owner_id, sought))) return { about: [], parts: [] };
      return {
        about: await having({ ...sought, column: "about" }),
        parts: await having({ ...sought, column: "parts" }),
      };
    },

    /** The shortest first. */
    named: (beginning: string, limit: number) =>
      texts(read, owner_id)
        .where(beginsWith({ exclusive }, "search_texts.name", beginning))
        .orderBy(sql`length(search_texts.name)`)
        .orderBy("search_texts.id", "desc")
        .limit(limit)
        .execute(),

    /** What those are called that were changed last. */
    names: (limit: number) => newestNames(read, owner_id, limit),

    /** In no order. */
    byId: (ids: readonly string[]) =>
      texts(read, owner_id)
        .where("search_texts.workflow_id", "in", [...ids])
        .execute(),
  };
}

/** Texts of one owner, up to so many, are read one after another faster than all of everybody's are looked up. */
const few = 10_000;

async function hasFew(read: Reader, owner_id: string): Promise<boolean> {
  const own = read.selectFrom("search_texts").select("id").where("owner_id", "=", owner_id);
  return (await own.offset(few).limit(1).executeTakeFirst()) === undefined;
}

async function isAnywhere(
  read: Reader,
  owner_id: string,
  { groups }: Pick<Sought, "groups">,
): Promise<boolean> {
  const either = [
    hasAll("search_texts", { column: "about", groups }),
    hasAll("search_texts", { column: "parts", groups }),
  ];
  const found = await read
    .selectFrom("search_texts")
    .select("id")
    .where("owner_id", "=", owner_id)
    .where(sql<boolean>`(${sql.join(either, sql` or `)})`)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** As one text with a line for each: a thousand rows would cost more than all else of a search. */
async function newestNames(read: Reader, owner_id: string, limit: number) {
  const newest = read
    .selectFrom("search_texts")
    .select(["id", "workflow_id", "name"])
    .where("owner_id", "=", owner_id)
    .orderBy("id", "desc")
    .limit(limit)
    .as("newest");
  const line = sql`newest.workflow_id || ' ' || newest.name`;
  const { lines } = await read
    .selectFrom(newest)
    .select(sql<string | null>`string_agg(${line}, ${"\n"} order by newest.id desc)`.as("lines"))
    .executeTakeFirstOrThrow();
  if (lines === null) return [];
  return lines.split("\n").map((each) => {
    const at = each.indexOf(" ");
    return { id: each.slice(0, at), plain_name: each.slice(at + 1) };
  });
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

function hasAll(table: string, { column, groups }: Omit<Sought, "limit">): RawBuilder<boolean> {
  const has = (text: string) => sql`${sql.ref(`${table}.${column}`)} like ${containing(text)} escape '\\'`;
  const each = groups.map((group) => sql`(${sql.join(group.map(has), sql` or `)})`);
  return sql`(${sql.join(each, sql` and `)})`;
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
