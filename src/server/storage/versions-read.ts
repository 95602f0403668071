import { type ExpressionBuilder, sql } from "kysely";
import type { RunStatus } from "../../contract/runs.ts";
import { fromJsonText } from "../../core/json-text.ts";
import { containing } from "./containing.ts";
import type { Database, Reader } from "./database.ts";
import type { Tables, VersionRow } from "./tables.ts";
import { hashesOf } from "./version-log.ts";

/** A version with what became of its run; without its drawing where that was not asked for. */
export type StoredVersion = Omit<VersionRow, "design" | "canvas" | "secret_hashes"> &
  Partial<Pick<VersionRow, "design" | "canvas">> & { run_status: RunStatus | null };

/** Whose versions they are, and which of them is deployed. */
export interface Versioned {
  deployed_version: number | undefined;
}

export interface VersionPage {
  page: number;
  limit: number;
  sort: "version" | "created_at";
  order: "asc" | "desc";
  search: string;
  fields: "all" | "summary";
}

/** What can be read of versions. Nothing is answered for a workflow that is not the asker's. */
export function versionReads({ read }: Database) {
  return {
    async workflowOf(workflow_id: string, owner_id: string): Promise<Versioned | undefined> {
      const row = await read
        .selectFrom("workflows")
        .select("head")
        .where("id", "=", workflow_id)
        .where("owner_id", "=", owner_id)
        .where("deleted_at", "is", null)
        .executeTakeFirst();
      return row && { deployed_version: fromJsonText(row.head).deployed_version };
    },

    list: (workflow_id: string, page: VersionPage) => listVersions(read, workflow_id, page),

    find: (workflow_id: string, version: number) => findVersion(read, workflow_id, version),

    /** What versions are compared by, of those of two that there are. */
    async comparable(workflow_id: string, numbers: readonly [number, number]) {
      const rows = await read
        .selectFrom("versions")
        .select(["version", "design", "secret_hashes"])
        .where("workflow_id", "=", workflow_id)
        .where("version", "in", numbers)
        .execute();
      return new Map(rows.map((row) => [row.version, { design: row.design, hashes: hashesOf(row) }]));
    },

    /** The versions in which something became known of secret values, or was forgotten, in their order. */
    async secretHistory(workflow_id: string) {
      const before = sql<VersionRow["secret_hashes"]>`lag(secret_hashes) over (order by version)`;
      const known = read
        .selectFrom("versions")
        .select(["version", "secret_hashes", "created_at", "created_by", before.as("before")])
        .where("workflow_id", "=", workflow_id);
      const rows = await read
        .selectFrom(known.as("known"))
        .select(["secret_hashes", "created_at", "created_by"])
        .where("secret_hashes", "is distinct from", (eb) => eb.ref("before"))
        .orderBy("version")
        .execute();
      return rows.map((row) => ({ ...row, hashes: hashesOf(row) }));
    },
  };
}

const told = [
  ...(["workflow_id", "version", "name", "tag", "description", "is_automatic", "unchanged"] as const),
  ...(["restored_from", "run_id", "created_by", "created_at"] as const),
] as const;

/** What became of the run that made a version. */
const runStatus = (eb: ExpressionBuilder<Tables, "versions">) =>
  eb.selectFrom("runs").select("runs.status").whereRef("runs.id", "=", "versions.run_id").as("run_status");

export function findVersion(
  read: Pick<Reader, "selectFrom">,
  workflow_id: string,
  version: number,
): Promise<StoredVersion | undefined> {
  return read
    .selectFrom("versions")
    .select(told)
    .select(["design", "canvas"])
    .select(runStatus)
    .where("workflow_id", "=", workflow_id)
    .where("version", "=", version)
    .executeTakeFirst();
}

async function listVersions(read: Reader, workflow_id: string, options: VersionPage) {
  const { page, limit, sort, order, search, fields } = options;
  let matching = read.selectFrom("versions").where("workflow_id", "=", workflow_id);
  if (search) matching = matching.where(sayingSo(search));

  const rows: StoredVersion[] = await matching
    .select(told)
    .$if(fields === "all", (query) => query.select(["design", "canvas"]))
    .select(runStatus)
    .orderBy(sort, order)
    .orderBy("version", order)
    .limit(limit)
    .offset((page - 1) * limit)
    .execute();
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return { rows, total: Number(total) };
}

function sayingSo(search: string) {
  const pattern = containing(search);
  return sql<boolean>`lower(coalesce(name, '') || ' ' || coalesce(tag, '') || ' ' || description) like lower(${pattern}) escape '\\'`;
}
