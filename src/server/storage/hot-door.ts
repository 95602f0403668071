import type { Compilable, CompiledQuery, Kysely, Transaction } from "kysely";
import type { Tables } from "./tables.ts";

/** How rows of one shape are put into a table. */
export type Insert<Row> = (db: Kysely<Tables>, rows: readonly Row[]) => Compilable & { execute(): unknown };

/** How a dialect asks with a statement that was written and prepared before. */
export interface HotDoor {
  /** What is committed. */
  committed<Row>(query: CompiledQuery<Row>): (parameters: readonly unknown[]) => Promise<readonly Row[]>;
  /** What a transaction sees, and what it changes. */
  within<Row>(
    build: (db: Kysely<Tables>) => CompiledQuery<Row>,
  ): (tx: Transaction<Tables>, parameters: readonly unknown[]) => Promise<readonly Row[]>;
  /** Any number of rows, all with the same columns, with the least of statements or of round trips. */
  rows<Row extends object>(
    insert: Insert<Row>,
  ): (tx: Transaction<Tables>, rows: readonly Row[]) => Promise<void>;
}
