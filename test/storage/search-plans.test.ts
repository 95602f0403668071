import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SQLInputValue } from "node:sqlite";
import { type CompiledQuery, Kysely } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { toJsonText } from "../../src/core/json-text.ts";
import { unknownMetadata } from "../../src/server/features/clusters/to-cluster.ts";
import { findAll } from "../../src/server/features/search/find-all.ts";
import { newId } from "../../src/server/new-id.ts";
import { openSqlite } from "../../src/server/storage/database.ts";
import { nodeSqliteDialect, openFile } from "../../src/server/storage/node-sqlite-dialect.ts";
import { createStorage } from "../../src/server/storage/storage.ts";
import type { Tables } from "../../src/server/storage/tables.ts";
import { insertUser } from "../support/insert-user.ts";

/** What there may be very much of; somebody's clusters are few. */
const large = /^SCAN (search_texts|mine|search_queue|workflows|resources|runs)\b/;

async function prepare() {
  const folder = await mkdtemp(join(tmpdir(), "orrery-"));
  const path = join(folder, "test.db");
  const database = await openSqlite(path);
  const file = openFile(path, { readOnly: true });
  const asked: CompiledQuery[] = [];
  const dialect = nodeSqliteDialect(file);
  const read = new Kysely<Tables>({ dialect, log: ({ query }) => void asked.push(query) });
  onTestFinished(async () => {
    await read.destroy();
    await database.close();
    await rm(folder, { recursive: true });
  });
  const owner_id = newId();
  const at = new Date().toISOString();
  await insertUser(database, { id: owner_id, at });
  const cluster = {
    ...{ id: newId(), owner_id, name: "prod", display_name: "", description: "", server: "https://x" },
    ...{ auth_type: "token" as const, credentials: "", namespace: "", insecure: 0, single_node: 0 },
    ...{ simulated: 0, labels: toJsonText({}), metadata: toJsonText(unknownMetadata), warning: null },
    ...{ status: "connected" as const, last_check: null, away_since: null, created_at: at, updated_at: at },
  };
  const log = { action: "cluster_added" as const, user_id: owner_id, at };
  await createStorage(database).clusters.insert(cluster, log);
  const storage = createStorage({ ...database, read: read as never });
  const plansOf = ({ sql, parameters }: CompiledQuery) => {
    const rows = file.prepare(`explain query plan ${sql}`).all(...(parameters as SQLInputValue[]));
    return rows.map(({ detail }) => String(detail));
  };
  return { storage, owner_id, asked, plansOf };
}

const classes = {
  "a word": "storefront",
  "two words": "old storefront",
  "a beginning": "sto",
  "what is misspelt or not there": "storefornt",
  "many words": "one two three four five six seven eight nine",
  "a pattern": "%_%",
  "words too short for trigrams": "a bc",
};

test.each(Object.entries(classes))("G03 no search reads a large table through: %s", async (_, typed) => {
  const { storage, owner_id, asked, plansOf } = await prepare();
  await findAll(storage, owner_id, typed);
  expect(asked.length).toBeGreaterThan(5);
  const plans = asked.map((query) => ({ sql: query.sql, plan: plansOf(query) }));
  expect(plans.filter(({ plan }) => plan.some((step) => large.test(step)))).toEqual([]);
  expect(plans.some(({ plan }) => plan.some((step) => /^SEARCH resources USING/.test(step)))).toBe(true);
});
