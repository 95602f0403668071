import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Operation } from "../../src/contract/operation.ts";
import { startChildServer } from "../support/child-server.ts";

/** Words that are nowhere unless somebody let them out. */
function createCanaries() {
  const all = new Map<string, string>();
  const of = (field: string) => {
    const canary = `Canary+${field}/${randomBytes(9).toString("hex")}`;
    all.set(`${field} ${all.size}`, canary);
    return canary;
  };
  const fields = (...names: string[]) => Object.fromEntries(names.map((name) => [name, of(name)]));
  return { all, of, fields };
}

/** In clear, and as it would be found in a dump, an address, or what is only encoded. */
function spellings(canary: string): string[] {
  const bytes = Buffer.from(canary);
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .slice(4, -4),
  );
  return [canary, ...base64, bytes.toString("hex"), encodeURIComponent(canary), JSON.stringify(canary)];
}

const flat = ["token", "ca_cert", "ca_data", "caData", "client_cert", "client_cert_data", "client_key"];
const more = ["client_key_data", "oidc_client_secret", "oidc_refresh_token", "kubeconfig"];
const nested = ["token", "kubeconfig", "caData", "clientCertData", "clientKeyData", "oidcClientSecret"];
const kinds = ["token", "certificate", "serviceaccount", "oidc", "kubeconfig"];

async function prepare() {
  const folder = await mkdtemp(join(tmpdir(), "orrery-canaries-"));
  const heard: string[] = [];
  const env = { LOG_LEVEL: "debug", ALLOW_PRIVATE_NETWORKS: "true", REGISTRATION: "invite" };
  const server = await startChildServer(folder, env, (text) => heard.push(text));
  onTestFinished(() => rm(folder, { recursive: true }));
  onTestFinished(server.kill);
  const lines: string[] = [];
  server.process.stdout?.on("data", (chunk) => lines.push(String(chunk)));
  const answers: string[] = [];
  async function ask(method: string, path: string, body?: unknown, token?: string) {
    const response = await fetch(`${server.url}/v1/api${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    answers.push([...response.headers].join("\n") + text);
    return { status: response.status, text };
  }
  return { folder, server, heard, lines, answers, ask };
}

type Ask = Awaited<ReturnType<typeof prepare>>["ask"];
type Canaries = ReturnType<typeof createCanaries>;

async function signUp(ask: Ask, { of }: Canaries): Promise<string> {
  const [password, newPassword] = [of("password"), of("newPassword")];
  const body = { email: "ada@example.com", password, name: "Ada" };
  const { token } = JSON.parse((await ask("POST", "/auth/register", body)).text);
  await ask("POST", "/auth/login", { email: body.email, password: of("wrongPassword") });
  await ask("POST", "/auth/register", { ...body, email: "eve@example.com", inviteCode: of("inviteCode") });
  await ask("PUT", "/profile/password", { currentPassword: of("currentPassword"), newPassword }, token);
  expect(
    (await ask("PUT", "/profile/password", { currentPassword: password, newPassword }, token)).status,
  ).toBe(200);
  return token;
}

async function addClusters(ask: Ask, canaries: Canaries, token: string): Promise<void> {
  for (const [index, auth_type] of kinds.entries()) {
    const place = { name: `c${index}`, server: "https://127.0.0.1:1", auth_type };
    const oidc = { oidc_issuer_url: "https://127.0.0.1:1", oidc_client_id: "orrery" };
    await ask("POST", "/clusters", { ...place, ...oidc, token: canaries.of("plainToken") }, token);
    await ask(
      "POST",
      "/clusters",
      { ...place, name: `f${index}`, ...oidc, ...canaries.fields(...flat, ...more) },
      token,
    );
    const credentials = canaries.fields(...nested);
    await ask("POST", "/clusters", { ...place, name: `n${index}`, credentials }, token);
    await ask("PUT", `/clusters/c${index}/credentials`, { credentials }, token);
    await ask("POST", `/clusters/c${index}/test`, undefined, token);
    await ask("GET", `/clusters/c${index}`, undefined, token);
  }
}

/** What every operation that takes a body says to one that is all wrong. */
async function forceErrors(ask: Ask, canaries: Canaries, token: string): Promise<void> {
  for (const operation of Object.values<Operation>(api)) {
    if (operation.type !== "endpoint" || /logout|sessions/.test(operation.path)) continue;
    const path = operation.path.slice("/v1/api".length).replace(/:\w+/g, "0123456789abcdef01234567");
    const wrong = { password: [canaries.of("list")], token: { deep: canaries.of("deep") }, name: 7 };
    const body = operation.method === "GET" ? undefined : { ...wrong, credentials: canaries.of("text") };
    const { status, text } = await ask(operation.method, path, body, token);
    expect(status, `${operation.method} ${path}: ${text}`).toBeLessThan(500);
  }
  await ask("GET", `/profile?token=${encodeURIComponent(canaries.of("query"))}`, undefined, token);
  await ask("GET", "/profile", undefined, canaries.of("bearer"));
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(paths.map((path) => readFile(path, "latin1")));
}

test("L01 L02 G06: no credential that was ever given is in an answer, a log or a file, and logs are lines of JSON", async () => {
  const { folder, server, heard, lines, answers, ask } = await prepare();
  const canaries = createCanaries();
  const token = await signUp(ask, canaries);
  await addClusters(ask, canaries, token);
  await forceErrors(ask, canaries, token);
  const { inviteCode } = JSON.parse((await ask("GET", "/settings/invite-code", undefined, token)).text);
  for (const path of ["/clusters", "/profile", "/workflows", "/user-notifications", "/resources"])
    expect((await ask("GET", path, undefined, token)).status).toBe(200);
  await server.stop();

  expect(canaries.all.size).toBeGreaterThan(40);
  const logs = lines.join("") + heard.join("");
  const sinks = { answers: answers.join("\n"), logs, files: (await filesOf(folder)).join("\n") };
  for (const [field, canary] of canaries.all)
    for (const [sink, text] of Object.entries(sinks))
      for (const spelling of spellings(canary))
        expect(text.includes(spelling), `${field} is in ${sink} as ${spelling}`).toBe(false);
  expect(logs.includes(inviteCode) || logs.includes(token)).toBe(false);
  const logged = lines
    .join("")
    .split("\n")
    .filter(Boolean)
    .filter((line) => line.startsWith("{"));
  for (const line of logged) expect(() => JSON.parse(line)).not.toThrow();
});
