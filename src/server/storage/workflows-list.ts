import { sql } from "kysely";
import type { Workflow } from "../../contract/workflows.ts";
import { containing } from "./containing.ts";
import type { Reader } from "./database.ts";

export interface ListOptions {
  page: number;
  limit: number;
  sort: "created_at" | "updated_at" | "name";
  order: "asc" | "desc";
  search: string;
  status?: Workflow["status"] | undefined;
  fields: "all" | "summary";
}

/** One page of somebody's workflows as their stored texts, and how many there are in all. */
export async function listWorkflows(read: Reader, owner_id: string, options: ListOptions) {
  const { page, limit, sort, order, search, status, fields } = options;
  let matching = read
    .selectFrom("workflows")
    .where("owner_id", "=", owner_id)
    .where("deleted_at", "is", null);
  if (status) matching = matching.where("status", "=", status);
  if (search)
    matching = matching.where(sql<boolean>`search like ${containing(search.toLowerCase())} escape '\\'`);

  const rows = await matching
    .select(fields === "summary" ? "head as text" : "document as text")
    .orderBy(sort, order)
    .orderBy("id", order)
    .limit(limit)
    .offset((page - 1) * limit)
    .execute();
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return { texts: rows.map(({ text }) => text), total: Number(total) };
}
