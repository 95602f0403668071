import type { Transaction } from "kysely";
import { newId } from "../new-id.ts";
import type { Database } from "./database.ts";
import type { AuditRow, Tables } from "./tables.ts";

export type AuditStore = ReturnType<typeof auditStore>;

type Entry = Omit<AuditRow, "id" | "user_id" | "result" | "address"> &
  Partial<Pick<AuditRow, "user_id" | "result" | "address">>;

/** Notes what is about to be done in the transaction that does it, or lets it begin. Nothing changes or deletes it. */
export async function audit(tx: Transaction<Tables>, entry: Entry): Promise<void> {
  const row = { id: newId(), user_id: null, result: "done" as const, address: null, ...entry };
  await tx.insertInto("audit").values(row).execute();
}

export function auditStore({ write }: Pick<Database, "write">) {
  return {
    /** For what changes nothing else, such as a refusal. */
    note: (entry: Entry): Promise<void> => write((tx) => audit(tx, entry)),
  };
}
