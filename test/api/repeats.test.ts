import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Operation } from "../../src/contract/operation.ts";
import { prepareRun } from "../support/run-story.ts";
import { startTestApp } from "../support/test-app.ts";

/** One request as it goes over the wire, with a key. */
function asking(url: string, token: string) {
  return async (path: string, key: string, body?: unknown) => {
    const answer = await fetch(`${url}/v1/api${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "idempotency-key": key,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  };
}

const idIn = ({ text }: { text: string }): string => JSON.parse(text).id;

test("W10 runs sent together with one key are one run, and later ones are told of it", async () => {
  const { client, server, params, ended, cluster } = await prepareRun();
  const ask = asking(server.url, client.token);
  const body = { cluster: "prod", namespace: cluster.namespace };
  const path = `/workflows/${params.id}/run`;
  const key = randomUUID();
  const all = await Promise.all(Array.from({ length: 8 }, () => ask(path, key, body)));
  const first = all.find(({ status }) => status === 200);
  for (const each of all)
    if (each.status !== 200) expect(each.text).toContain("is still being answered");
    else expect(each).toEqual(first);
  expect(await ask(path, key, body)).toEqual(first);
  const { run_id } = JSON.parse(first?.text ?? "{}");
  await ended(run_id);
  expect(await ask(path, key, body)).toEqual(first);
  expect(await ask(path, key, { ...body, timeout_seconds: 60 })).toMatchObject({ status: 409 });
  expect((await client.call(api.listRuns, { params })).total).toBe(1);
});

test("W10 a run that was refused may be sent again with its key, once what was wrong is right", async () => {
  const { client, server, params, design, save, ended, cluster } = await prepareRun();
  const ask = asking(server.url, client.token);
  const wrong = design.nodes.map((node) => ({ ...node, data: { ...node.data, name: "Not Valid" } }));
  await save({ ...design, nodes: wrong });
  const body = { cluster: "prod", namespace: cluster.namespace };
  const run = () => ask(`/workflows/${params.id}/run`, "again", body);
  expect((await run()).status).toBe(400);
  await save(design);
  const answer = await run();
  expect(answer.status).toBe(200);
  expect(await run()).toEqual(answer);
  await ended(JSON.parse(answer.text).run_id);
});

test("W10 what is created, cloned and added with one key is there once, each of it apart", async () => {
  const { url, signUp } = await startTestApp();
  const [ada, bob] = [await signUp("Ada"), await signUp("Bob")];
  const ask = asking(url, ada.token);
  const made = await ask("/workflows", "k", { name: "Shop" });
  expect(made.status).toBe(201);
  expect(await ask("/workflows", "k", { name: "Shop" })).toEqual(made);
  const cloned = await ask(`/workflows/${idIn(made)}/clone`, "k");
  expect(cloned.status).toBe(201);
  expect(await ask(`/workflows/${idIn(made)}/clone`, "k")).toEqual(cloned);
  expect((await ada.call(api.listWorkflows, {})).total).toBe(2);

  const others = await asking(url, bob.token)("/workflows", "k", { name: "Shop" });
  expect(others.status).toBe(201);
  expect(idIn(others)).not.toBe(idIn(made));
});

test("W10 an answer that is kept holds no credentials", async () => {
  const { url, signUp } = await startTestApp();
  const { token } = await signUp();
  const ask = asking(url, token);
  const cluster = { name: "prod", server: "https://127.0.0.1:1", token: "canary-7f3a", insecure: true };
  const added = await ask("/clusters", "k", cluster);
  expect(added.status).toBe(201);
  expect(added.text).not.toContain("canary");
  expect(await ask("/clusters", "k", cluster)).toEqual(added);
  expect(await ask("/clusters", "k", { ...cluster, token: "another" })).toMatchObject({ status: 409 });
});

test("W10 an answer is kept over a restart", async () => {
  const { url, signUp, restart } = await startTestApp();
  const { token } = await signUp();
  const made = await asking(url, token)("/workflows", "k", { name: "Shop" });
  const next = await restart();
  expect(await asking(next.url, token)("/workflows", "k", { name: "Shop" })).toEqual(made);
});

test("whatever a user creates may be sent again, and nothing is that nobody in particular asks", () => {
  for (const [name, operation] of Object.entries<Operation>(api)) {
    if (operation.type !== "endpoint") continue;
    const { method, success, access, repeatable } = operation;
    const isKnown = access === "user" || access === "admin";
    if (method === "POST" && success === 201 && isKnown) expect(repeatable, name).toBe(true);
    if (repeatable) expect(isKnown, name).toBe(true);
  }
});

test("the OpenAPI document names the header where it is honoured", async () => {
  const { url } = await startTestApp();
  const { paths } = (await (await fetch(`${url}/v1/openapi.json`)).json()) as {
    paths: Record<string, { post: { parameters: { name: string; in: string }[] } }>;
  };
  const named = { name: "Idempotency-Key", in: "header" };
  const at = (path: string) => paths[path]?.post.parameters;
  expect(at("/v1/api/workflows/{id}/run")).toContainEqual(expect.objectContaining(named));
  expect(at("/v1/api/workflows/{id}/save")).not.toContainEqual(expect.objectContaining(named));
});
