import type { CompiledQuery, Kysely, Transaction } from "kysely";
import type { Tables } from "./tables.ts";

/** How a dialect asks with a statement that was written and prepared before. */
export interface HotDoor {
  /** What is committed. */
  committed<Row>(query: CompiledQuery<Row>): (parameters: readonly unknown[]) => Promise<readonly Row[]>;
  /** What a transaction sees, and what it changes. */
  within<Row>(
    build: (db: Kysely<Tables>) => CompiledQuery<Row>,
  ): (tx: Transaction<Tables>, parameters: readonly unknown[]) => Promise<readonly Row[]>;
}
