import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { testCluster } from "../support/target.ts";
import { startTestApp } from "../support/test-app.ts";

const run = promisify(execFile);

/** Runs a printed example as it stands, with the address, and whatever else is marked in it, put in. */
async function curl(example: string, put: Record<string, string>) {
  const command = Object.entries(put).reduce((text, [from, to]) => text.replaceAll(from, to), example);
  const { stdout } = await run("bash", ["-c", `${command} -s -w '\\n%{http_code}'`]);
  const lines = stdout.split("\n");
  return { status: Number(lines.pop()), body: JSON.parse(lines.join("\n")) };
}

const address = "http://localhost:8080";

test("the printed examples work as they are printed", async () => {
  const { url } = await startTestApp();
  const cluster = await testCluster();
  const at = { [address]: url };

  const registered = await curl(
    `curl -X POST http://localhost:8080/v1/api/auth/register \\
-H "Content-Type: application/json" \\
-d '{"email": "user@example.com", "password": "password123", "name": "John Doe"}'`,
    at,
  );
  expect(registered).toMatchObject({
    status: 201,
    body: {
      token: expect.any(String),
      user: { id: expect.any(String), name: "John Doe", email: "user@example.com" },
    },
  });

  const entered = await curl(
    `curl -X POST http://localhost:8080/v1/api/auth/login \\
-H "Content-Type: application/json" \\
-d '{"email": "user@example.com", "password": "password123"}'`,
    at,
  );
  expect(entered).toMatchObject({ status: 200, body: { user: { name: "John Doe", role: "admin" } } });
  const signedIn = { ...at, "<token>": entered.body.token };

  const made = await curl(
    `curl -X POST http://localhost:8080/v1/api/workflows \\
-H "Authorization: Bearer <token>" \\
-H "Content-Type: application/json" \\
-d '{"name": "My App", "description": "Web application stack"}'`,
    signedIn,
  );
  expect(made).toMatchObject({
    status: 201,
    body: { name: "My App", description: "Web application stack", status: "draft", nodes: [], edges: [] },
  });
  expect(made.body.created_at).toMatch(/^\d{4}-\d\d-\d\dT/);

  // The reference's cluster is at an address of its own; the one of this test takes its place.
  const flat = JSON.stringify({ ...cluster.addBody, name: "my-cluster" });
  const added = await curl(
    `curl -X POST http://localhost:8080/v1/api/clusters \\
-H "Authorization: Bearer <token>" \\
-H "Content-Type: application/json" \\
-d '<cluster>'`,
    { ...signedIn, "<cluster>": flat },
  );
  expect(added).toMatchObject({
    status: 201,
    body: { name: "my-cluster", status: "connected", version: expect.stringMatching(/^v1\./) },
  });

  const tested = await curl(
    `curl -X POST http://localhost:8080/v1/api/clusters/production/test \\
-H "Authorization: Bearer <token>"`,
    { ...signedIn, production: "my-cluster" },
  );
  expect(tested).toMatchObject({
    status: 200,
    body: { status: "healthy", version: expect.any(String), nodes: expect.any(Number) },
  });

  const started = await curl(
    `curl -X POST http://localhost:8080/v1/api/workflows/<id>/run \\
-H "Authorization: Bearer <token>" \\
-H "Content-Type: application/json" \\
-d '{"cluster": "my-cluster", "namespace": "default"}'`,
    { ...signedIn, "<id>": made.body.id },
  );
  expect(started).toMatchObject({
    status: 200,
    body: { run_id: expect.any(String), status: "deploying", version: 1 },
  });
});

test("wrong credentials are answered in the reference's words", async () => {
  const { url } = await startTestApp();
  const answer = await curl(
    `curl -X POST http://localhost:8080/v1/api/auth/login \\
-H "Content-Type: application/json" \\
-d '{"email": "user@example.com", "password": "password123"}'`,
    { [address]: url },
  );
  expect(answer).toEqual({ status: 401, body: { error: "Invalid email or password" } });
});
