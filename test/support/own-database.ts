import { randomBytes } from "node:crypto";
import pg from "pg";
import { onTestFinished } from "vitest";

/** A PostgreSQL database of one test's own beside the one TEST_DATABASE_URL names, where it names one. */
export async function ownDatabase(): Promise<string | undefined> {
  const { TEST_DATABASE_URL } = process.env;
  if (!TEST_DATABASE_URL) return undefined;
  const name = `test_${randomBytes(6).toString("hex")}`;
  const ask = async (text: string) => {
    const client = new pg.Client({ connectionString: TEST_DATABASE_URL });
    await client.connect();
    await client.query(text);
    await client.end();
  };
  await ask(`create database ${name}`);
  onTestFinished(() => ask(`drop database ${name} with (force)`));
  const url = new URL(TEST_DATABASE_URL);
  url.pathname = `/${name}`;
  return url.href;
}
