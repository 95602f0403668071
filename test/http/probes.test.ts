import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startHttpApp, thing } from "../support/http-app.ts";

test("a server without its database is alive and not ready", async () => {
  let isAway = false;
  const isReady = () =>
    isAway ? Promise.reject(new Error("connect postgres://u:hunter2@db")) : Promise.resolve();
  const { ask } = await startHttpApp({ isReady });
  expect(await ask("GET", "/readyz")).toMatchObject({ status: 200, text: '{"status":"ready"}' });
  isAway = true;
  expect(await ask("GET", "/readyz")).toMatchObject({
    status: 503,
    text: '{"error":"The database is not reachable"}',
  });
  expect(await ask("GET", "/healthz")).toMatchObject({ status: 200, text: '{"status":"alive"}' });
});

test("a database that does not answer is one that is away", async () => {
  const { ask } = await startHttpApp({ isReady: () => new Promise(() => {}) });
  expect((await ask("GET", "/readyz")).status).toBe(503);
});

test("requests are counted by the template of their route, and name nobody", async () => {
  const { ask } = await startHttpApp();
  await ask("PUT", `/v1/api/things/${thing}`, { body: '{"name":"x"}' });
  await ask("GET", "/v1/api/things?limit=x");
  await ask("GET", "/wp-login.php");
  const { status, text, headers } = await ask("GET", "/metrics");
  expect(status).toBe(200);
  expect(headers.get("content-type")).toContain("version=0.0.4");
  const counted = (labels: string) =>
    text.includes(`orrery_http_request_duration_seconds_count{${labels}} 1\n`);
  expect(counted('method="PUT",route="/v1/api/things/:id",status="200"')).toBe(true);
  expect(counted('method="GET",route="/v1/api/things",status="400"')).toBe(true);
  expect(text).not.toContain(thing);
  expect(text).not.toContain("wp-login");
  for (const line of text.trim().split("\n"))
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? [\d.e+-]+)$/);
});

test("open streams are counted while they are open", async () => {
  const { ask, url } = await startHttpApp();
  const leaving = new AbortController();
  const headers = { authorization: "Bearer ada" };
  await fetch(`${url}/v1/api/things/${thing}/stream`, { headers, signal: leaving.signal });
  const count = async () => /^orrery_open_streams (\d+)$/m.exec((await ask("GET", "/metrics")).text)?.[1];
  expect(await count()).toBe("1");
  leaving.abort();
  await eventually(async () => (await count()) === "0");
});

test("metrics with a token are for whoever carries it", async () => {
  const { ask } = await startHttpApp({ metricsToken: "m".repeat(20) });
  expect((await ask("GET", "/metrics")).status).toBe(401);
  const headers = { authorization: `Bearer ${"m".repeat(20)}` };
  expect((await ask("GET", "/metrics", { headers })).status).toBe(200);
});

test("the API can be read, by programs and by people, on a page that runs nothing", async () => {
  const { ask } = await startHttpApp();
  const document = JSON.parse((await ask("GET", "/v1/openapi.json")).text);
  expect(document.paths["/v1/api/things/{id}"].put).toMatchObject({
    operationId: "keepThing",
    parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
    security: [{ bearer: [] }],
  });
  const page = await ask("GET", "/v1/docs");
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(page.headers.get("content-security-policy")).not.toMatch(/unsafe|script-src|http/);
  expect(page.text).not.toMatch(/<script|style="|https?:\/\//);
  for (const { operationId } of Object.values(document.paths).flatMap((each) =>
    Object.values(each as object),
  ))
    expect(page.text).toContain(`<article id="${operationId}">`);
  const style = await ask("GET", "/v1/docs.css");
  expect(style.headers.get("content-type")).toBe("text/css; charset=utf-8");
});
