import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Client, createClient } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import { startChildServer } from "../support/child-server.ts";
import { eventually } from "../support/eventually.ts";
import { runEnded, shopOfOne } from "../support/run-story.ts";

const person = { email: "ada@example.com", password: "correct horse" };

/** A server with the sandbox, and somebody signed in to it. */
async function start(folder: string) {
  const { url, kill } = await startChildServer(folder, { SANDBOX: "on" });
  onTestFinished(kill);
  const anonymous = createClient({ baseUrl: url });
  const { first_user } = await anonymous.call(api.listAuthMethods, {});
  const { token } = first_user
    ? await anonymous.call(api.register, { body: { ...person, name: "Ada" } })
    : await anonymous.call(api.logIn, { body: person });
  return { kill, client: createClient({ baseUrl: url, token: () => token }) };
}

/** What a run did to each object. */
async function deploy(client: Client, params: { id: string }): Promise<string[]> {
  const body = { cluster: "sandbox", namespace: "shop" };
  const { run_id } = await client.call(api.runWorkflow, { params, body });
  const { status, error, node_states } = await runEnded(client, params, run_id);
  expect(status, error ?? "").toBe("completed");
  return Object.values(node_states).flatMap(
    ({ result }) => result?.applied_resources.map(({ operation }) => operation) ?? [],
  );
}

test("what was deployed to the sandbox is still there after the server was killed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "orrery-restart-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { client, kill } = await start(folder);
  const { id } = await client.call(api.createWorkflow, { body: { name: "Shop", ...shopOfOne() } });
  expect(await deploy(client, { id })).toEqual(["created", "created"]);

  const deployedMs = Date.now();
  // A change that has to be written down after all of that.
  const body = shopOfOne({ image: "nginx:1.30" });
  await client.call(api.saveWorkflow, { params: { id }, body });
  await deploy(client, { id });
  const file = join(folder, "sandbox");
  const writtenMs = () =>
    stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
  await eventually(async () => (await writtenMs()) > deployedMs, 20_000);
  await kill();

  expect(await deploy((await start(folder)).client, { id })).not.toContain("created");
}, 60_000);
