import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { openSqlite } from "../../src/server/storage/database.ts";
import { measureFlush, slowDiskWarning } from "../../src/server/storage/disk.ts";

async function folderOfOurOwn(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "orrery-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Another process on the same file, which writes claims one after another and tells of each when it is kept. */
async function startWriter(path: string): Promise<{ child: ChildProcess; told: string[] }> {
  const script = fileURLToPath(new URL("../support/claim-writer.ts", import.meta.url));
  const child = fork(script, [path], { execArgv: [], stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  const told: string[] = [];
  child.on("message", (message) => told.push(String(message)));
  await once(child, "message");
  return { child, told };
}

test("F34 a second process is refused with one line, and the first does not notice", async () => {
  const path = join(await folderOfOurOwn(), "test.db");
  const { child, told } = await startWriter(path);
  await expect(openSqlite(path)).rejects.toThrow(/^Another Orrery server is using .*ORRERY_DATA_DIR$/);
  const before = told.length;
  for (let waited = 0; waited < 5; waited += 1) await once(child, "message");
  expect(told.length).toBeGreaterThan(before);
});

test("I7 what was told before a kill -9 is there after it, and the next process is let in", async () => {
  const path = join(await folderOfOurOwn(), "test.db");
  for (let round = 0; round < 3; round += 1) {
    const { child, told } = await startWriter(path);
    while (told.length < 30) await once(child, "message");
    child.kill("SIGKILL");
    await once(child, "exit");

    const database = await openSqlite(path);
    const kept = await database.read.selectFrom("claims").select("name").execute();
    await database.close();
    const names = new Set(kept.map(({ name }) => name));
    expect(told.filter((name) => !names.has(name))).toEqual([]);
  }
});

test("a failed start leaves nothing locked", async () => {
  const folder = await folderOfOurOwn();
  const path = join(folder, "test.db");
  const file = new DatabaseSync(path);
  file.exec("create table workflows (id text)");
  file.close();
  await expect(openSqlite(path)).rejects.toThrow("workflows");
  await rm(path);
  await (await openSqlite(path)).close();
});

test.each([
  ["created_at", ""],
  ["updated_at", ""],
  ["name", ""],
  ["name", "and status = 'draft'"],
])("a list by %s %s is read from its index, and counted in it alone", async (column, more) => {
  const path = join(await folderOfOurOwn(), "test.db");
  await (await openSqlite(path)).close();
  const file = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => file.close());
  const plan = (query: string) => {
    const rows = file.prepare(`explain query plan ${query}`).all();
    return rows.map(({ detail }) => detail).join("; ");
  };
  const where = `from workflows where owner_id = 'x' and deleted_at is null ${more}`;
  const page = plan(`select document ${where} order by ${column} desc, id desc limit 20`);
  expect(page).toContain(`USING INDEX workflows_by_${column}`);
  expect(page).not.toContain("TEMP B-TREE");
  expect(plan(`select count(*) ${where}`)).toMatch(/COVERING INDEX workflows_by_/);
});

test("a disk is measured, and a slow one is named", async () => {
  const folder = await folderOfOurOwn();
  expect(await measureFlush(folder)).toBeGreaterThan(0);
  expect(slowDiskWarning(folder, 5)).toBeUndefined();
  expect(slowDiskWarning(folder, 12.34)).toContain(`${folder} takes 12.3 ms`);
});
