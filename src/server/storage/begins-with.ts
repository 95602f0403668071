import { type RawBuilder, sql } from "kysely";
import { containing } from "./containing.ts";
import type { Database } from "./database.ts";

/** Texts that begin with another. */
export function beginsWith(
  { exclusive }: Pick<Database, "exclusive">,
  column: string,
  beginning: string,
): RawBuilder<boolean> {
  // SQLite orders texts by their characters, and an index can be asked for a range of them.
  return exclusive
    ? sql`(${sql.ref(column)} >= ${beginning} and ${sql.ref(column)} < ${`${beginning}\u{10FFFF}`})`
    : sql`${sql.ref(column)} like ${containing(beginning).slice(1)} escape '\\'`;
}
