import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { serve } from "../../src/server/main.ts";

test("whoever starts a server for others is told the set-up code, until somebody has registered with it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "orrery-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const env = { ORRERY_DATA_DIR: folder, HOST: "0.0.0.0", PORT: "0", SANDBOX: "off" };

  const first = await serve(env);
  expect(first.setupCode).toMatch(/^[\w-]{16}$/);
  const person = { email: "first@example.com", password: "correct horse 1", name: "First" };
  expect(await register(first.url, person)).toBe(403);
  expect(await register(first.url, { ...person, inviteCode: first.setupCode })).toBe(201);
  await first.close();

  const second = await serve(env);
  expect(second.setupCode).toBeUndefined();
  await second.close();
});

async function register(url: string, body: object): Promise<number> {
  const headers = { "content-type": "application/json" };
  const { status } = await fetch(`${url}/v1/api/auth/register`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  return status;
}
