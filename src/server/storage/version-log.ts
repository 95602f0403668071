import type { Transaction } from "kysely";
import type { Design } from "../../contract/design.ts";
import { fromJsonText, type JsonText, toJsonText } from "../../core/json-text.ts";
import { carryHashes, type GivenHashes, type SecretHashes } from "../../core/versions/secret-hashes.ts";
import type { Tables, VersionRow } from "./tables.ts";

/** What the next version is made after. */
type Last = Pick<VersionRow, "version" | "design" | "secret_hashes"> | undefined;

type NewVersion = Pick<
  VersionRow,
  "workflow_id" | "design" | "canvas" | "description" | "created_by" | "created_at"
> &
  Partial<Pick<VersionRow, "name" | "tag" | "is_automatic" | "restored_from" | "run_id">> & {
    secret_hashes: SecretHashes;
  };

/** To be asked under the workflow's lock alone, or two versions would want one number. */
export async function lastVersion(tx: Transaction<Tables>, workflow_id: string): Promise<Last> {
  return tx
    .selectFrom("versions")
    .select(["version", "design", "secret_hashes"])
    .where("workflow_id", "=", workflow_id)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
}

export function numberAfter(last: Last): number {
  return (last?.version ?? 0) + 1;
}

export function hashesOf(version: Pick<VersionRow, "secret_hashes"> | undefined): SecretHashes {
  return version?.secret_hashes ? fromJsonText(version.secret_hashes) : {};
}

/** What is known of secret values with the next version. Most workflows have none, and then nothing is parsed. */
export function hashesAfter(last: Last, design: JsonText<Design>, given: GivenHashes): SecretHashes {
  const before = hashesOf(last);
  const isNone = Object.keys(before).length + Object.keys(given).length === 0;
  return isNone ? {} : carryHashes(fromJsonText(design), before, given);
}

/** The only way a version comes to be. Its drawing never changes afterwards. */
export async function addVersion(
  tx: Transaction<Tables>,
  last: Last,
  { secret_hashes, ...version }: NewVersion,
): Promise<VersionRow> {
  const hasHashes = Object.keys(secret_hashes).length > 0;
  const usual = { name: null, tag: null, is_automatic: 0, restored_from: null, run_id: null };
  return tx
    .insertInto("versions")
    .values({
      ...usual,
      ...version,
      version: numberAfter(last),
      unchanged: last?.design === version.design ? 1 : 0,
      secret_hashes: hasHashes ? toJsonText(secret_hashes) : null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}
