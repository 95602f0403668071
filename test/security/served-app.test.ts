import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHttpApp } from "../support/http-app.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** The app as it is shipped. */
const app = { folder: "", files: [] as string[] };

beforeAll(async () => {
  app.folder = await mkdtemp(join(tmpdir(), "orrery-built-"));
  const outDir = join(app.folder, "web");
  await build({ configFile: join(root, "vite.config.ts"), logLevel: "error", build: { outDir } });
  app.folder = outDir;
  const entries = await readdir(outDir, { recursive: true, withFileTypes: true });
  app.files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(outDir.length));
}, 300_000);

afterAll(() => rm(join(app.folder, ".."), { recursive: true, force: true }));

const plain = () => app.files.filter((file) => !/\.(br|gz)$/.test(file));

/** The bytes as they are sent: nothing is decoded on the way. */
async function ask(port: number, path: string, headers: Record<string, string> = {}) {
  const answer = Promise.withResolvers<{
    status: number;
    headers: Record<string, string | string[] | undefined>;
    body: Buffer;
  }>();
  const sent = request({ host: "127.0.0.1", port, path, headers, agent: false }, async (response) => {
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part);
    answer.resolve({
      ...{ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) },
    });
  });
  sent.on("error", answer.reject).end();
  return answer.promise;
}

const types: readonly (readonly [RegExp, RegExp])[] = [
  [/\.js$/, /^(text|application)\/javascript/],
  [/\.css$/, /^text\/css/],
  [/\.html$/, /^text\/html; charset=utf-8$/],
  [/\.woff2$/, /^font\/woff2$/],
  [/\.svg$/, /^image\/svg\+xml/],
  [/\.webmanifest$/, /^application\/manifest\+json/],
];

function expectFile(file: string, { status, headers }: Awaited<ReturnType<typeof ask>>): void {
  expect([file, status]).toEqual([file, 200]);
  expect(headers).toMatchObject({
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": file.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    vary: expect.stringMatching(/accept-encoding/i),
  });
  const [, type] = types.find(([name]) => name.test(file)) ?? [];
  expect(headers["content-type"], `the type of ${file}`).toMatch(type ?? /^never$/);
}

test("T10: every built file is served as what it is, whole, compressed or not, and scripts run from nowhere else", async () => {
  const { port } = await startHttpApp({ webFolder: app.folder });
  expect(plain().some((file) => file.endsWith(".js"))).toBe(true);
  for (const file of plain()) {
    const bytes = await readFile(join(app.folder, file));
    const has = (ending: string) => app.files.includes(file + ending);
    const answers = {
      br: await ask(port, file, { "accept-encoding": "gzip, deflate, br" }),
      gzip: await ask(port, file, { "accept-encoding": "gzip" }),
      none: await ask(port, file),
    };
    for (const answer of Object.values(answers)) expectFile(file, answer);
    expect(answers.br.headers["content-encoding"]).toBe(has(".br") ? "br" : undefined);
    expect(answers.gzip.headers["content-encoding"]).toBe(has(".gz") ? "gzip" : undefined);
    expect(has(".br") ? brotliDecompressSync(answers.br.body) : answers.br.body).toEqual(bytes);
    expect(has(".gz") ? gunzipSync(answers.gzip.body) : answers.gzip.body).toEqual(bytes);
    expect(answers.none.body).toEqual(bytes);
  }
});

test("what is text and not tiny is compressed when it is built", async () => {
  const texts = plain().filter((file) => /\.(js|css|html|svg|webmanifest)$/.test(file));
  for (const file of texts) {
    const { length } = await readFile(join(app.folder, file));
    expect([file, app.files.includes(`${file}.br`), app.files.includes(`${file}.gz`)]).toEqual([
      ...[file, length >= 1_024, length >= 1_024],
    ]);
  }
});

test("T10: the first page holds no script and no style of its own, and asks nobody else for anything", async () => {
  const page = await readFile(join(app.folder, "index.html"), "utf8");
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(page).not.toMatch(/\son\w+=|javascript:/i);
  expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link]) => link)).toSatisfy((links: string[]) =>
    links.every((link) => /^(\/assets\/|data:|\/?[\w.-]+$)/.test(link)),
  );
  const styles = plain().filter((file) => file.endsWith(".css"));
  for (const file of styles)
    expect(await readFile(join(app.folder, file), "utf8")).not.toMatch(/url\(["']?(https?:|\/\/|data:font)/);
});

test.each(["/", "/workflows/0123456789abcdef01234567?view=live", "/login", "/clusters/prod.eu", "/admin"])(
  "T10: a browser that opens %s gets the first page, asked for anew each time",
  async (path) => {
    const { port } = await startHttpApp({ webFolder: app.folder });
    const page = await ask(port, path, { accept: "text/html,application/xhtml+xml" });
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      "cache-control": "no-cache",
      "content-security-policy": policy,
      "content-type": "text/html; charset=utf-8",
    });
    expect(page.headers["set-cookie"]).toBeUndefined();
    expect(page.body).toEqual(await readFile(join(app.folder, "index.html")));
  },
);

const elsewhere = [
  "/assets/nothing.js",
  "/assets/",
  "/assets/../../package.json",
  "/assets/..%2f..%2fpackage.json",
  "/%2e%2e/package.json",
  "/..%5c..%5cpackage.json",
  "/assets/%2e%2e%2f%2e%2e%2fdata%2forrery.db",
  "/.env",
  "/.git/config",
  "/assets/.hidden",
  "/assets//index.html",
  "//index.html",
  "/index.html%00.js",
  "/%252e%252e/package.json",
  "/v1/nothing",
  "/v1",
];

test.each(elsewhere)("T12: %s is neither a file nor a page, whoever asks", async (path) => {
  const { port } = await startHttpApp({ webFolder: app.folder });
  for (const accept of ["*/*", "text/html"]) {
    const { status, body, headers } = await ask(port, path, { accept });
    expect([400, 404]).toContain(status);
    expect(JSON.parse(body.toString())).toEqual({ error: expect.any(String) });
    expect(headers["content-security-policy"]).toBe("default-src 'none'; frame-ancestors 'none'");
  }
});

test("T12: the compressed copies are not files of their own", async () => {
  const { port } = await startHttpApp({ webFolder: app.folder });
  for (const file of app.files.filter((each) => /\.(br|gz)$/.test(each)))
    expect((await ask(port, file)).status).toBe(404);
});

test.each(["https://evil.example", "null", "http://127.0.0.1.evil.example"])(
  "T09: the app is nothing that a page of %s may read",
  async (origin) => {
    const { port } = await startHttpApp({ webFolder: app.folder, corsOrigins: ["https://ours.example"] });
    const { headers } = await ask(port, "/", { origin, accept: "text/html" });
    expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    expect(headers.vary).toMatch(/Origin/);
  },
);
