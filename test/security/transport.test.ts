import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { expect, onTestFinished, test } from "vitest";
import { sendRaw, startHttpApp, thing } from "../support/http-app.ts";

/** Every refusal is JSON with one sentence, whatever part of us it comes from. */
function expectRefusal(text: string): void {
  const answer = JSON.parse(text);
  expect(Object.keys(answer).filter((key) => key !== "details")).toEqual(["error"]);
  expect(answer.error).toMatch(/^\S.*\S$/);
}

const second =
  'POST /v1/api/things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ada\r\ncontent-type: application/json\r\ncontent-length: 14\r\n\r\n{"name":"two"}';
const head =
  "POST /v1/api/things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ada\r\ncontent-type: application/json\r\n";

const framings: [string, string][] = [
  ["a length and a coding", `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
  ["two different lengths", `${head}content-length: 14\r\ncontent-length: 3\r\n\r\n{"name":"one"}`],
  ["an unknown coding", `${head}transfer-encoding: cow\r\n\r\n`],
  ["a space before the colon", `${head}content-length : 14\r\n\r\n{"name":"one"}`],
  ["bare LF line ends", head.replaceAll("\r\n", "\n").concat('content-length: 14\n\n{"name":"one"}')],
  ["a folded header", `${head}content-length:\r\n 14\r\nx: a\r\n b\r\n\r\n{"name":"one"}`],
  ["chunked, then identity", `${head}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
  ["a signed length", `${head}content-length: +14\r\n\r\n{"name":"one"}`],
  ["a chunk size beyond numbers", `${head}transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}`],
  ["a CR inside a header value", `${head}x: a\rb\r\ncontent-length: 14\r\n\r\n{"name":"one"}`],
  ["another protocol's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
];

test.each(framings)("T01: %s is refused, and nothing after it runs", async (_, bytes) => {
  const { port, ran } = await startHttpApp();
  const { text } = await sendRaw(port, bytes + second);
  expect(text).toMatch(/^HTTP\/1\.1 400 /);
  expect(text).toMatch(/\r\nconnection: close\r\n/i);
  expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
  expectRefusal(text.slice(text.indexOf("\r\n\r\n") + 4));
  expect(ran).toEqual([]);
});

test("T01: a request that names no host is refused", async () => {
  const { port } = await startHttpApp();
  const { text } = await sendRaw(port, "GET /v1/api/things HTTP/1.1\r\nauthorization: Bearer ada\r\n\r\n");
  expect(text).toMatch(/^HTTP\/1\.1 400 /);
  expectRefusal(text.slice(text.indexOf("\r\n\r\n") + 4));
});

const forwarded = { "x-forwarded-for": "203.0.113.9", forwarded: "for=203.0.113.9" };

test("T02: who a stranger says they speak for changes nothing, and a trusted proxy is believed", async () => {
  const plain = await startHttpApp();
  expect((await plain.ask("GET", "/v1/api/things", { headers: forwarded })).text).toContain('"127.0.0.1"');
  const behind = await startHttpApp({ trustedProxies: ["127.0.0.1"] });
  expect((await behind.ask("GET", "/v1/api/things", { headers: forwarded })).text).toContain('"203.0.113.9"');
});

test.each([
  "x-http-method-override",
  "x-method-override",
  "x-original-url",
  "x-rewrite-url",
  "x-forwarded-prefix",
])("T02: %s is not listened to", async (name) => {
  const { ask } = await startHttpApp();
  const usual = await ask("GET", "/v1/api/things");
  for (const value of ["POST", "/v1/api/broken"])
    expect(await ask("GET", "/v1/api/things", { headers: { [name]: value } })).toMatchObject({
      status: 200,
      text: usual.text,
    });
});

const sizes: [string, number, string, string, string | undefined][] = [
  ["a body over 1 MiB", 413, "POST", "/v1/api/things", JSON.stringify({ name: "x".repeat(1_048_577) })],
  [
    "a design over 5 MiB",
    413,
    "PUT",
    `/v1/api/things/${thing}`,
    JSON.stringify({ name: "x".repeat(5_242_881) }),
  ],
  ["an address over 8 KiB", 414, "GET", `/v1/api/things?search=${"x".repeat(8_192)}`, undefined],
  ["a parameter over 512 bytes", 400, "PUT", `/v1/api/things/${"a".repeat(513)}`, "{}"],
];

test.each(sizes)("T03: %s is %i", async (_, status, method, path, body) => {
  const { ask } = await startHttpApp();
  const answer = await ask(method, path, body === undefined ? {} : { body });
  expect(answer.status).toBe(status);
  expectRefusal(answer.text);
});

test("T03: a design of 4 MiB is taken", async () => {
  const { ask } = await startHttpApp();
  const body = JSON.stringify({ name: "x".repeat(4_194_304) });
  expect(await ask("PUT", `/v1/api/things/${thing}`, { body })).toMatchObject({ status: 200, text: body });
});

test("T03: a header block over 16 KiB is 431, in our words", async () => {
  const { port } = await startHttpApp();
  const { text } = await sendRaw(
    port,
    `GET /v1/api/things HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(17_000)}\r\n\r\n`,
  );
  expect(text).toMatch(/^HTTP\/1\.1 431 /);
  expectRefusal(text.slice(text.indexOf("\r\n\r\n") + 4));
});

test("T03: a body that only says how large it is, is refused before it is sent", async () => {
  const { port } = await startHttpApp();
  const { text } = await sendRaw(port, `${head}content-length: 900000000\r\n\r\n{`);
  expect(text).toMatch(/^HTTP\/1\.1 413 /);
});

/** Offers 64 MiB, and says how many bytes of them the server has read until it closed the line. */
async function pour(
  method: string,
  path: string,
  how: string,
  wrap: (part: string) => string,
): Promise<number> {
  const { app, port } = await startHttpApp();
  const accepted = once(app.server, "connection") as Promise<[Socket]>;
  const labels = "host: x\r\nauthorization: Bearer ada\r\ncontent-type: application/json";
  const part = wrap("x".repeat(65_536));
  const parts = [`${method} ${path} HTTP/1.1\r\n${labels}\r\n${how}\r\n\r\n`, ...Array(1_024).fill(part)];
  const line = connect(port, "127.0.0.1").resume();
  await pipeline(parts, line).catch(() => undefined);
  const [{ bytesRead }] = await accepted;
  return bytesRead;
}

const inChunks = (part: string) => `${part.length.toString(16)}\r\n${part}\r\n`;
const floods: [string, string, string, string, (part: string) => string][] = [
  ["in chunks", "POST", "/v1/api/things", "transfer-encoding: chunked", inChunks],
  ["in chunks, of a design", "PUT", `/v1/api/things/${thing}`, "transfer-encoding: chunked", inChunks],
  ["of a stated length", "POST", "/v1/api/things", `content-length: ${64 * 1_048_576}`, (part) => part],
];

test.each(floods)(
  "T03: a body without an end is not read to its end, %s",
  async (_, method, path, how, wrap) => {
    // The limit, and what the system had taken in for us until the line was closed.
    expect(await pour(method, path, how, wrap)).toBeLessThan(16 * 1_048_576);
  },
);

const dribbles: [string, string][] = [
  ["headers", "GET /v1/api/things HTTP/1.1\r\nhost: x\r\nx: "],
  ["a body", `${head}content-length: 100\r\n\r\n{`],
];

test.each(dribbles)("T04: whoever does not finish %s in time is cut off", async (_, bytes) => {
  const { port } = await startHttpApp({ limits: { headersMs: 200, requestMs: 300 } });
  const { text, ms } = await sendRaw(port, bytes);
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
  expect(ms).toBeLessThan(2_000);
});

const labels: [string, number][] = [
  ["application/json", 201],
  ["application/json; charset=utf-8", 201],
  ["Application/JSON", 201],
  ["application/json\t;charset=UTF-8", 201],
  ["application/json;", 201],
  ["text/plain", 415],
  ["application/x-www-form-urlencoded", 415],
  ["multipart/form-data; boundary=x", 415],
  ["application/jsonx", 415],
  ["application/json-seq", 415],
  ["application/vnd.api+json", 415],
  ["application/json, text/plain", 415],
  ["text/plain; application/json", 415],
  ["application/json; charset=utf-16", 415],
  ["application/json; boundary=x", 415],
];

test.each(labels)("T05: a body labelled %j is %i", async (type, status) => {
  const { ask, ran } = await startHttpApp();
  const answer = await ask("POST", "/v1/api/things", {
    body: '{"name":"one"}',
    headers: { "content-type": type },
  });
  expect(answer.status).toBe(status);
  expect(ran).toHaveLength(status === 201 ? 1 : 0);
  if (status === 415) expectRefusal(answer.text);
});

test("T05: a body without a label, and one with two, is 415", async () => {
  const { port, ran } = await startHttpApp();
  const rest = 'connection: close\r\ncontent-length: 14\r\n\r\n{"name":"one"}';
  const bare = head.replace("content-type: application/json\r\n", "");
  expect((await sendRaw(port, bare + rest)).text).toMatch(/^HTTP\/1\.1 415 /);
  expect((await sendRaw(port, `${head}content-type: text/plain\r\n${rest}`)).text).toMatch(
    /^HTTP\/1\.1 415 /,
  );
  expect(ran).toEqual([]);
});

test.each(["gzip", "br", "identity, gzip", "deflate"])("T05: a body in %s is 415", async (coding) => {
  const { ask } = await startHttpApp();
  const headers = { "content-encoding": coding };
  expect((await ask("POST", "/v1/api/things", { body: '{"name":"one"}', headers })).status).toBe(415);
});

const bytesOf = (...parts: (string | number[])[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));

const bodies: [string, string | Uint8Array<ArrayBuffer>][] = [
  ["a trailing brace", '{"name":"x"}}'],
  ["a BOM", bytesOf([0xef, 0xbb, 0xbf], '{"name":"x"}')],
  ["an array", "[]"],
  ["NaN", '{"name":NaN}'],
  ["single quotes", "{'name':'x'}"],
  ["nothing", ""],
  ["null", "null"],
  ["text", '"x"'],
  ["10,000 arrays in each other", '{"name":"x","nodes":'.concat("[".repeat(10_000), "]".repeat(10_000), "}")],
  ["100,000 objects in each other", '{"a":'.repeat(100_000)],
  ["100,000 open arrays", "[".repeat(100_000)],
  ["65 levels", '{"name":"x","nodes":'.concat("[".repeat(64), "]".repeat(64), "}")],
  ["a NUL in the name", '{"name":"a\\u0000b"}'],
  ["a NUL after an escaped backslash", '{"name":"a\\\\\\u0000b"}'],
  ["a NUL in a key", '{"name":"x","nodes":[{"a\\u0000":1}]}'],
  ["a raw NUL", '{"name":"a\0b"}'],
  ["a number beyond numbers", '{"name":"x","nodes":[1e999]}'],
  ["UTF-16", new Uint8Array(Buffer.from('{"name":"x"}', "utf16le"))],
  ["broken UTF-8", bytesOf('{"name":"', [0xc3, 0x28], '"}')],
  ["a number for a name", '{"name":1}'],
  ["a list for a name", '{"name":["x"]}'],
  ["a blank name", '{"name":"  "}'],
  ["an object for a name", '{"name":{"toString":"x"}}'],
  ["an object for nodes", '{"name":"x","nodes":{}}'],
];

test.each(bodies)("T06: %s is 400", async (_, body) => {
  const { ask, ran } = await startHttpApp();
  const answer = await ask("POST", "/v1/api/things", { body });
  expect(answer.status).toBe(400);
  expectRefusal(answer.text);
  expect(ran).toEqual([]);
});

const kept: [string, string][] = [
  ["64 levels", '{"name":"x","nodes":'.concat("[".repeat(63), "]".repeat(63), "}")],
  ["brackets in a text", JSON.stringify({ name: `${"[".repeat(100)}"\\"${"{".repeat(100)}` })],
  ["an escaped backslash before u0000", '{"name":"a\\\\u0000b"}'],
  ["a large number as text", '{"name":"1e999"}'],
];

test.each(kept)("T06: %s is nothing wrong", async (_, body) => {
  const { ask } = await startHttpApp();
  expect(await ask("PUT", `/v1/api/things/${thing}`, { body })).toMatchObject({ status: 200, text: body });
});

test("T06: the largest of bodies, nested as deep as it can be, stalls nobody", async () => {
  const { ask } = await startHttpApp();
  const started = performance.now();
  const body = '{"a":'.repeat(1_000_000);
  expect((await ask("PUT", `/v1/api/things/${thing}`, { body })).status).toBe(400);
  expect(performance.now() - started).toBeLessThan(1_000);
});

const poisons = [
  '{"name":"x","__proto__":{"role":"admin"}}',
  '{"name":"x","constructor":{"prototype":{"role":"admin"}}}',
  '{"name":"x","nodes":[{"__proto__":{"role":"admin"}}]}',
  '{"name":"x","nodes":[{"id":"__proto__","data":{"a":{"b":{"__proto__":{"role":"admin"}}}}}]}',
];

test.each(poisons)("T07: %s is data, and stays data", async (body) => {
  const { ask } = await startHttpApp();
  expect(await ask("PUT", `/v1/api/things/${thing}`, { body })).toMatchObject({ status: 200, text: body });
  const small = await ask("POST", "/v1/api/things", { body });
  expect(small.status).toBe(201);
  expect(JSON.parse(small.text).role).toBeUndefined();
  expect(({} as { role?: string }).role).toBeUndefined();
});

test("T07: a query's __proto__ is a key like any other", async () => {
  const { ask } = await startHttpApp();
  const { status, text } = await ask("GET", "/v1/api/things?__proto__=x&__proto__[limit]=5&constructor=y");
  expect(status).toBe(200);
  expect(JSON.parse(text).query).toEqual({ limit: 20 });
});

test.each(["DELETE", "PATCH", "PUT", "HEAD", "OPTIONS", "PROPFIND"])(
  "T08: %s of a path without it is 405",
  async (method) => {
    const { ask } = await startHttpApp();
    const answer = await ask(method, "/v1/api/things");
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")?.split(", ").sort()).toEqual(["GET", "POST"]);
  },
);

test("T08: TRACE is 405, and CONNECT is not answered", async () => {
  const { port } = await startHttpApp();
  const rest = "host: x\r\nconnection: close\r\n\r\n";
  expect((await sendRaw(port, `TRACE /v1/api/things HTTP/1.1\r\n${rest}`)).text).toMatch(/^HTTP\/1\.1 405 /);
  expect((await sendRaw(port, `CONNECT x:80 HTTP/1.1\r\n${rest}`)).text).not.toMatch(/^HTTP\/1\.1 2/);
});

const ours = "https://app.example.com";
const strangers = [
  "https://evil.example",
  "null",
  "https://app.example.com.evil.example",
  "https://evil-app.example.com",
  "https://app.example.com:8443",
  "http://app.example.com",
  "https://app.example.com.",
  "https://app_example.com",
  "*",
];

test.each(strangers)("T09: the origin %s is a stranger, asking before or asking", async (origin) => {
  const { ask } = await startHttpApp({ corsOrigins: [ours, "null", "*"] });
  for (const method of ["OPTIONS", "GET"]) {
    const { headers } = await ask(method, "/v1/api/things", {
      headers: { origin, "access-control-request-method": "POST" },
    });
    expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    expect(headers.get("vary")).toBe("Origin");
  }
});

test("T09: a known origin is told what it may do", async () => {
  const { ask } = await startHttpApp({ corsOrigins: [ours] });
  const before = await ask("OPTIONS", "/v1/api/things", {
    headers: { origin: ours, "access-control-request-method": "POST" },
  });
  expect(before.status).toBe(204);
  expect(before.headers.get("access-control-allow-origin")).toBe(ours);
  expect(before.headers.get("access-control-allow-headers")).toContain("Authorization");
  const { headers } = await ask("GET", "/v1/api/things", { headers: { origin: ours } });
  expect(headers.get("access-control-allow-origin")).toBe(ours);
  expect(headers.get("access-control-allow-credentials")).toBeNull();
});

const answers: [string, number][] = [
  ["/v1/api/things", 200],
  ["/v1/api/things?limit=x", 400],
  ["/v1/api/broken", 500],
  ["/v1/nowhere", 404],
  ["/healthz", 200],
  ["/v1/%zz", 400],
];

function expectApiHeaders(headers: Headers): void {
  expect(Object.fromEntries(headers)).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
  });
  for (const name of ["server", "x-powered-by", "set-cookie"]) expect(headers.get(name)).toBeNull();
}

test.each(answers)("T10, T11: %s (%i) carries the headers, and no cookie", async (path, status) => {
  const { ask } = await startHttpApp();
  const answer = await ask("GET", path);
  expect(answer.status).toBe(status);
  expectApiHeaders(answer.headers);
});

test("T10: a stream carries them as well", async () => {
  const { url } = await startHttpApp();
  const leave = new AbortController();
  const headers = { authorization: "Bearer ada" };
  const answer = await fetch(`${url}/v1/api/things/${thing}/stream`, { headers, signal: leave.signal });
  expect(answer.status).toBe(200);
  expectApiHeaders(answer.headers);
  leave.abort();
});

const spellings = [
  "//v1/api/things",
  "/v1//api/things",
  "/v1/api/things/",
  "/v1/api/things/.",
  "/v1/api/things;x=1",
  "/V1/api/things",
  "/v1/api/Things",
  "/v1/api%2fthings",
  "/v1/api/%2574hings",
  "/v1/api/things%00",
  "/v1/api/./things",
  "/v1/api/x/../things",
  "/v1/api/%c0%ae/things",
  "/v1/api/things\\",
  "/..%2f..%2fpackage.json",
  "/../package.json",
  "/%2e%2e/package.json",
  "/.env",
  "/.git/config",
  "/data/orrery.db",
];

test.each(spellings)("T12: %s is nothing of ours", async (path) => {
  const { port } = await startHttpApp();
  const { text } = await sendRaw(
    port,
    `GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ada\r\nconnection: close\r\n\r\n`,
  );
  expect(text).toMatch(/^HTTP\/1\.1 40[045] /);
});

test.each(["/v1/api/thing%73", "/v1/api/things#x", "/v1/api/things?"])(
  "T12: %s passes no door unasked",
  async (path) => {
    const { port } = await startHttpApp();
    const { text } = await sendRaw(port, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 40[014] /);
  },
);

const queries = [
  "limit=1&limit=2",
  "limit[]=1",
  "limit[a]=1",
  "search[]=x",
  "search=a&search=b",
  "limit=%2B5",
  "limit=0x5",
  "limit=5.0",
  "limit=1e1",
  "limit=",
  "limit=%EF%BC%95",
  "limit=%205",
  "limit=-1",
  "limit=0",
  "limit=101",
];

test.each(queries)("T13: ?%s is 400", async (query) => {
  const { ask } = await startHttpApp();
  const answer = await ask("GET", `/v1/api/things?${query}`);
  expect(answer.status).toBe(400);
  expectRefusal(answer.text);
});

test("T14: what breaks in us is told in two words", async () => {
  const { ask } = await startHttpApp();
  expect(await ask("GET", "/v1/api/broken")).toMatchObject({
    status: 500,
    text: '{"error":"Internal server error"}',
  });
});

test.each([
  "/v1/api/things?token=ada",
  `/v1/api/things/${thing}/stream?token=ada`,
  "/v1/api/login?token=ada",
])("U12: a token in %s is 401", async (path) => {
  const { ask } = await startHttpApp();
  expect((await ask(path.includes("login") ? "POST" : "GET", path)).status).toBe(401);
});

test("T04: an operation that does not come to an answer is given up", async () => {
  const { ask } = await startHttpApp({ limits: { handlerMs: 50 } });
  const answer = await ask("GET", "/v1/api/slow");
  expect(answer).toMatchObject({ status: 503, text: '{"error":"The answer took too long"}' });
  expect(answer.headers.get("retry-after")).toBe("1");
});

async function buildWebApp(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "orrery-web-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "web", "assets"), { recursive: true });
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(folder, "web", ".env"), "secret");
  await writeFile(join(folder, "web", "index.html"), "<title>Ours</title>");
  await writeFile(join(folder, "web", "assets", "main.js"), "1");
  return join(folder, "web");
}

test("T10: a page loads nothing but ours, and every address of the app is its first page", async () => {
  const { ask } = await startHttpApp({ webFolder: await buildWebApp() });
  for (const path of ["/", "/workflows/1", "/login?error=x"]) {
    const { status, text, headers } = await ask("GET", path, { headers: { accept: "text/html" } });
    expect({ status, text }).toEqual({ status: 200, text: "<title>Ours</title>" });
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-cache");
  }
  const script = await ask("GET", "/assets/main.js");
  expect(script.headers.get("cache-control")).toContain("immutable");
});

const outside = [
  "/../secret.txt",
  "/..%2fsecret.txt",
  "/%2e%2e/secret.txt",
  "/%252e%252e/secret.txt",
  "/assets/..%2f..%2fsecret.txt",
  "/assets/../../secret.txt",
  "/..\\secret.txt",
  "//secret.txt",
  "/.env",
  "/%2eenv",
  "/assets/../.env",
];

test.each(outside)("T12: %s is not served from beside the app", async (path) => {
  const { port } = await startHttpApp({ webFolder: await buildWebApp() });
  const { text } = await sendRaw(port, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  expect(text).toMatch(/^HTTP\/1\.1 40[04] /);
  expect(text).not.toContain("secret\r\n");
  expect(text.endsWith("secret")).toBe(false);
});
