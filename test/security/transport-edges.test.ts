import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { sendRaw, startHttpApp, thing } from "../support/http-app.ts";

const ada = "authorization: Bearer ada\r\n";
const end = "connection: close\r\n\r\n";

function partsOf(text: string) {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = new Headers(lines.map((line) => line.split(/: (.*)/, 2) as [string, string]));
  return { status: Number(first.split(" ")[1]), headers, body: rest.join("\r\n\r\n") };
}

async function answerTo(port: number, bytes: string) {
  return partsOf((await sendRaw(port, bytes)).text);
}

test.each(["http://evil.example/v1/api/things", "/%76%31/api/things"])(
  "T02 T10 T12: %s is answered like any other spelling, and not to be kept either",
  async (target) => {
    const { port } = await startHttpApp({ webFolder: await webFolder() });
    const { status, headers } = await answerTo(port, `GET ${target} HTTP/1.1\r\nhost: x\r\n${ada}${end}`);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect((await answerTo(port, `GET ${target} HTTP/1.1\r\nhost: x\r\n${end}`)).status).toBe(401);
  },
);

test("T01 T02: a request that names two hosts is refused", async () => {
  const { port } = await startHttpApp();
  const bytes = `GET /v1/api/things HTTP/1.1\r\nhost: x\r\nHost: y\r\n${ada}${end}`;
  expect((await answerTo(port, bytes)).status).toBe(400);
});

test.each(["/v1/api/things?search=a%00b", "/v1/api/things/a%00b", "/a%00b"])(
  "T06: a NUL in %s is 400",
  async (path) => {
    const { ask } = await startHttpApp();
    expect((await ask("GET", path)).status).toBe(400);
  },
);

test.each(["websocket", "h2c", "WebSocket", "TLS/1.0"])(
  "T08: asking to leave HTTP for %s where there is nothing else changes nothing",
  async (upgrade) => {
    const { port } = await startHttpApp();
    const key = "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n";
    const asking = `host: x\r\n${ada}connection: upgrade, close\r\nupgrade: ${upgrade}\r\n${key}`;
    expect((await answerTo(port, `GET /v1/api/things HTTP/1.1\r\n${asking}\r\n`)).status).toBe(200);
    const body = 'content-type: application/json\r\ncontent-length: 14\r\n\r\n{"name":"one"}';
    expect((await answerTo(port, `POST /v1/api/things HTTP/1.1\r\n${asking}${body}`)).status).toBe(201);
  },
);

test("T14: an expectation that is not ours to meet is refused in JSON", async () => {
  const { port } = await startHttpApp();
  const bytes = `GET /v1/api/things HTTP/1.1\r\nhost: x\r\n${ada}expect: tea\r\n${end}`;
  const { status, headers, body } = await answerTo(port, bytes);
  expect(status).toBe(417);
  expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(JSON.parse(body)).toEqual({ error: "Expectation Failed" });
});

test.each(["text/plain", "application/json"])(
  "T08: a wrong method is told so whatever it brings, as %s",
  async (type) => {
    const { ask } = await startHttpApp();
    const answer = await ask("PUT", "/v1/api/things", { body: "{", headers: { "content-type": type } });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("GET, POST");
  },
);

test.each(["/healthz", "/readyz", "/v1/openapi.json"])("T08: POST %s is 405", async (path) => {
  const { ask } = await startHttpApp();
  const answer = await ask("POST", path);
  expect(answer.status).toBe(405);
  expect(answer.headers.get("allow")).toBe("GET");
});

test.each(["Bearer ada eve", "Bearer ada,eve", "Bearer", "Bearer  ada", "ada", "Basic ada", "Token ada"])(
  "U12: %j is not a token",
  async (authorization) => {
    const { ask } = await startHttpApp();
    expect((await ask("GET", "/v1/api/things", { headers: { authorization } })).status).toBe(401);
  },
);

test("T01: nonsense in the middle of a stream ends it, and adds nothing to it", async () => {
  const { port } = await startHttpApp();
  let text = "";
  let isOver = false;
  const line = connect(port, "127.0.0.1");
  line.setEncoding("latin1").on("data", (more) => {
    text += more;
  });
  line
    .on("error", () => undefined)
    .once("close", () => {
      isOver = true;
    });
  line.write(`GET /v1/api/things/${thing}/stream HTTP/1.1\r\nhost: x\r\n${ada}\r\n`);
  await eventually(() => text.includes("event: metadata"));
  line.write("\0nonsense\r\n\r\n");
  await eventually(() => isOver);
  expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
});

test("T04: a line on which nothing is said is closed", async () => {
  const { port } = await startHttpApp({ limits: { headersMs: 200, requestMs: 300 } });
  const { text, ms } = await sendRaw(port, "");
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
  expect(ms).toBeLessThan(2_000);
});

test("T04: an operation that thinks too long about a body is given up as well", async () => {
  const { ask } = await startHttpApp({ limits: { handlerMs: 50 } });
  expect(await ask("POST", "/v1/api/slow", { body: '{"name":"one"}' })).toMatchObject({
    status: 503,
    text: '{"error":"The answer took too long"}',
  });
});

test("F03 T14: a server that is stopping takes no more work, and says so like everything else", async () => {
  const { app, ask, port, source } = await startHttpApp();
  const reader = connect(port, "127.0.0.1");
  onTestFinished(() => void reader.destroy());
  reader.on("error", () => undefined);
  reader.write(`GET /v1/api/things/${thing}/stream HTTP/1.1\r\nhost: x\r\n${ada}\r\n`);
  await once(reader, "data");
  // A reader that does not hear its farewell keeps the server from closing at once.
  reader.pause();
  for (let count = 0; count < 40; count += 1) {
    source.say({ name: "news", data: { text: "x".repeat(1_000_000) } });
    // Each is on its way before the next takes its place among what is kept.
    await eventually(async () => (await ask("GET", "/v1/api/things")).status === 200);
  }
  const closing = app.close();
  const { status, headers, text } = await ask("POST", "/v1/api/things", { body: '{"name":"late"}' });
  expect({ status, text }).toEqual({ status: 503, text: '{"error":"The server is stopping"}' });
  expect(headers.get("retry-after")).toBe("1");
  await closing;
});

test("U12: of two tokens none is taken", async () => {
  const { port } = await startHttpApp();
  for (const other of ["Bearer eve", "Bearer ada"]) {
    const bytes = `GET /v1/api/things HTTP/1.1\r\nhost: x\r\n${ada}Authorization: ${other}\r\n${end}`;
    expect((await answerTo(port, bytes)).status).toBe(401);
  }
});

test("T04: headers have less time than the request they belong to", async () => {
  const { port } = await startHttpApp({ limits: { headersMs: 200, requestMs: 20_000 } });
  const { text, ms } = await sendRaw(port, "GET /v1/api/things HTTP/1.1\r\nhost: x\r\nx: ");
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
  expect(ms).toBeLessThan(5_000);
});

/** A built app, with beside it and in it what must never be served. */
async function webFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "orrery-web-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const web = join(folder, "web");
  for (const path of ["web/assets", "web/.git", "data"]) await mkdir(join(folder, path), { recursive: true });
  for (const path of ["web/.env", "web/.git/config", "data/orrery.db", "package.json"])
    await writeFile(join(folder, path), "secret");
  await writeFile(join(web, "index.html"), "<!doctype html>");
  await writeFile(join(web, "assets", "index-1.js"), "start()");
  await symlink(join(folder, "package.json"), join(web, "package.json"));
  await symlink(join(folder, "data"), join(web, "data"));
  return web;
}

const hidden = [
  "/.env",
  "/%2eenv",
  "/.git/config",
  "/%2egit/config",
  "/package.json",
  "/../package.json",
  "/..%2fpackage.json",
  "/%2e%2e/package.json",
  "/%252e%252e/package.json",
  "/..\\package.json",
  "/..%5cpackage.json",
  "//package.json",
  "/assets/../../package.json",
  "/assets/..%2f..%2fpackage.json",
  "/data/orrery.db",
  "/node_modules/fastify/package.json",
  "/assets/none.js",
  "/index.html/",
];

test.each(hidden)("T12: %s is no file of the app, whoever asks", async (path) => {
  const { port } = await startHttpApp({ webFolder: await webFolder() });
  const { status, body } = await answerTo(port, `GET ${path} HTTP/1.1\r\nhost: x\r\n${end}`);
  expect([400, 404]).toContain(status);
  expect(body).not.toContain("secret");
});

test.each([
  "/.git/config",
  "/assets/none.js",
  "/v1/none",
  "/%76%31/none",
  "http://x/v1/none",
  "//v1/none",
  "*",
])("T12: %s is no page of the app either", async (path) => {
  const { port } = await startHttpApp({ webFolder: await webFolder() });
  const bytes = `GET ${path} HTTP/1.1\r\nhost: x\r\naccept: text/html\r\n${end}`;
  expect((await answerTo(port, bytes)).status).toBe(404);
});

test.each(["/", "/workflows", "/clusters/my.cluster", "/workflows/a%20b"])(
  "T10: the page at %s runs only scripts of ours, and is asked for anew",
  async (path) => {
    const { ask } = await startHttpApp({ webFolder: await webFolder() });
    const { status, headers } = await ask("GET", path, { headers: { accept: "text/html" } });
    expect(status).toBe(200);
    expect(headers.get("content-security-policy")).toMatch(/default-src 'none'; script-src 'self';/);
    expect(headers.get("cache-control")).toBe("no-cache");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  },
);

test("T10: built files are kept, since they never change", async () => {
  const { ask } = await startHttpApp({ webFolder: await webFolder() });
  const { headers, text } = await ask("GET", "/assets/index-1.js");
  expect(text).toBe("start()");
  expect(headers.get("cache-control")).toContain("immutable");
});
