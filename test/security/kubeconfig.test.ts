import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { clusterOperations as api } from "../../src/contract/clusters.ts";
import { caPem, clientCertPem, clientKeyPem, serverCertPem, serverKeyPem } from "../support/certificates.ts";
import { startClusterApp } from "../support/cluster-app.ts";
import { listenHttp, smallCluster } from "../support/hostile-server.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

interface Parts {
  server: string;
  user?: string;
  cluster?: string;
  rest?: string;
}

function kubeconfig({ server, user = "token: let-me-in", cluster = "", rest = "" }: Parts): string {
  return `apiVersion: v1
kind: Config
current-context: main
contexts:
- name: main
  context: { cluster: first, user: ada, namespace: web }
- name: other
  context: { cluster: first, user: bea }
clusters:
- name: first
  cluster:
    server: ${server}
    insecure-skip-tls-verify: true
    ${cluster}
users:
- name: ada
  user:
    ${user}
- name: bea
  user: { token: second-token }
${rest}`;
}

async function prepare() {
  const app = await startClusterApp();
  const ada = await app.signUp();
  const cluster = await listenHttp(smallCluster(() => true));
  const add = (text: unknown, over: object = {}) =>
    ada.raw("POST", "/clusters", { name: "prod", auth_type: "kubeconfig", kubeconfig: text, ...over });
  return { ...app, ...ada, cluster, add };
}

test("a kubeconfig says where the cluster is and what lets us in", async () => {
  const { call, cluster } = await prepare();
  const body = { name: "prod", kubeconfig: kubeconfig({ server: cluster.server }) };
  expect(await call(api.addCluster, { body })).toMatchObject({
    status: "connected",
    authType: "kubeconfig",
    server: cluster.server,
    namespace: "web",
    insecure: true,
  });
  expect(cluster.requests[0]?.headers.authorization).toBe("Bearer let-me-in");
});

test("a context that is named is used instead of the file's own", async () => {
  const { add, cluster } = await prepare();
  const text = kubeconfig({ server: cluster.server });
  expect((await add(text, { context: "other" })).status).toBe(201);
  expect(cluster.requests[0]?.headers.authorization).toBe("Bearer second-token");
  const unknown = await add(text, { context: "nowhere", name: "next" });
  expect(unknown.status).toBe(400);
  expect(JSON.parse(unknown.text)).toEqual({
    error: "The kubeconfig has no context of that name",
    details: [{ path: "/kubeconfig", message: "The kubeconfig has no context of that name" }],
  });
});

test("certificates come from the file itself, and are the ones shown and checked", async () => {
  const { add } = await prepare();
  const tls = { cert: serverCertPem, key: serverKeyPem, ca: caPem };
  const cluster = await listenHttp(
    smallCluster(({ socket }) => (socket as { authorized?: boolean }).authorized === true),
    tls,
  );
  const text = kubeconfig({
    server: cluster.server,
    user: `client-certificate-data: ${base64(clientCertPem)}\n    client-key-data: ${base64(clientKeyPem)}`,
    cluster: `certificate-authority-data: ${base64(caPem)}`,
  }).replace("    insecure-skip-tls-verify: true\n", "");
  const { status, text: answer } = await add(text);
  expect(status).toBe(201);
  expect(JSON.parse(answer)).toMatchObject({ status: "connected", insecure: false });
});

const forbidden: [name: string, key: string, parts: Partial<Parts>][] = [
  ["exec", "exec", { user: "exec: { command: touch, args: [/tmp/owned] }" }],
  ["auth-provider gcp", "auth-provider", { user: "auth-provider: { name: gcp, config: { cmd-path: id } }" }],
  ["tokenFile", "tokenFile", { user: "tokenFile: /etc/passwd" }],
  ["token-file", "token-file", { user: "token-file: /etc/passwd" }],
  ["client-certificate path", "client-certificate", { user: "client-certificate: /etc/hosts" }],
  ["client-key path", "client-key", { user: "client-key: /etc/hosts" }],
  ["certificate-authority path", "certificate-authority", { cluster: "certificate-authority: /etc/hosts" }],
  ["proxy-url", "proxy-url", { cluster: "proxy-url: http://127.0.0.1:1" }],
  ["impersonation", "as", { user: "token: x\n    as: system:admin" }],
  ["impersonated groups", "as-groups", { user: "token: x\n    as-groups: [system:masters]" }],
  ["impersonated uid", "as-uid", { user: "token: x\n    as-uid: '1'" }],
  ["impersonation extra", "as-user-extra", { user: "token: x\n    as-user-extra: { a: [b] }" }],
  ["exec in a user that is not used", "exec", { rest: "- name: c\n  user: { exec: { command: id } }" }],
  ["exec by alias", "exec", { user: "token: &key exec\n    *key : { command: id }" }],
  ["exec by anchored key", "exec", { user: "&key exec: { command: id }" }],
  ["exec tagged key", "exec", { user: "!!str exec: { command: id }" }],
  ["exec complex key", "exec", { user: "? exec\n    : { command: id }" }],
  ["exec escaped", "exec", { user: '"ex\\x65c": { command: id }' }],
  ["exec quoted", "exec", { user: "'exec' : { command: id }" }],
  ["exec in another case", "Exec", { user: "Exec: { command: id }" }],
  ["exec full width", "ｅｘｅｃ", { user: "ｅｘｅｃ: { command: id }" }],
  ["exec twice and the last harmless", "exec", { user: "exec: { command: id }\n    exec: null" }],
  ["exec by merge", "exec", { user: "<<: { exec: { command: id } }" }],
  ["exec deep in extensions", "exec", { rest: "extensions: [{ name: x, extension: { a: [{ exec: 1 }] } }]" }],
  ["second document", "exec", { rest: "---\nusers: [{ name: ada, user: { exec: { command: id } } }]" }],
  ["auth-provider tokenFile", "auth-provider", { user: "auth-provider: { config: { tokenFile: /etc/x } }" }],
  ["user name and password", "username", { user: "username: ada\n    password: pw" }],
  ["tab and CR line ends with exec", "exec", { user: "token: x\r\texec: { command: id }\r" }],
];

test.each(forbidden)("C01 %s is 400 naming %s: no connection, nothing stored", async (_, key, parts) => {
  const { add, cluster, call } = await prepare();
  const { status, text } = await add(kubeconfig({ server: cluster.server, ...parts }));
  expect(status).toBe(400);
  const message = `${key} is not allowed in a kubeconfig`;
  expect(JSON.parse(text)).toEqual({ error: message, details: [{ path: "/kubeconfig", message }] });
  expect(cluster.connections()).toBe(0);
  expect((await call(api.listClusters, {})).total).toBe(0);
});

const refused: [name: string, text: (server: string) => unknown][] = [
  ["empty", () => ""],
  ["only a comment", () => "# nothing"],
  ["a list", () => "[]"],
  ["a number", () => 7],
  ["token is a map", (server) => kubeconfig({ server, user: "token: { a: b }" })],
  ["token is a list", (server) => kubeconfig({ server, user: "token: [a]" })],
  ["nothing that lets anybody in", (server) => kubeconfig({ server, user: "namespace: x" })],
  ["half a client certificate", (server) => kubeconfig({ server, user: "client-key-data: AAAA" })],
  ["bad CA data", (server) => kubeconfig({ server, cluster: "certificate-authority-data: bm9wZQ==" })],
  [
    "a key of another certificate",
    (server) =>
      kubeconfig({
        server,
        user: `client-certificate-data: ${base64(clientCertPem)}\n    client-key-data: ${base64(serverKeyPem)}`,
      }),
  ],
  ["a server without a scheme", () => kubeconfig({ server: "127.0.0.1:6443" })],
  ["a second harmless document", (server) => `${kubeconfig({ server })}\n---\na: b`],
  ["a tag of a language", (server) => kubeconfig({ server, user: 'token: !!js/function "x"' })],
  ["a binary tag", (server) => kubeconfig({ server, user: "token: !!binary aGk=" })],
  ["a key twice", (server) => kubeconfig({ server, user: "token: a\n    token: b" })],
  ["a self alias", (server) => kubeconfig({ server, rest: "x: &x [*x, *x]" })],
  [
    "a second cluster at a forbidden address",
    (server) =>
      kubeconfig({ server }).replace(
        "users:",
        "- name: second\n  cluster: { server: 'https://169.254.169.254' }\nusers:",
      ),
  ],
  ["another namespace than Kubernetes allows", (server) => kubeconfig({ server }).replace("web", "W/E/B")],
];

test.each(refused)("C01 %s is 400, without a connection", async (_, make) => {
  const { add, cluster, call } = await prepare();
  const { status, text } = await add(make(cluster.server));
  expect({ status, text }).toMatchObject({ status: 400 });
  expect(JSON.parse(text).error).toEqual(expect.any(String));
  expect(cluster.connections()).toBe(0);
  expect((await call(api.listClusters, {})).total).toBe(0);
});

const kib256 = 262_144;
const bombs: [name: string, text: string][] = [
  [
    "alias bomb",
    `a: &a [x, x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [*${at ? `b${at - 1}` : "a"}, *a]`).join("\n")}`,
  ],
  ["60,000 keys", Array.from({ length: 60_000 }, (_, at) => `k${at}: 1`).join("\n")],
  ["depth 20,000", "[".repeat(20_000)],
  ["depth 20,000 twice", `a: ${"[".repeat(20_000)}\nb: ${"{".repeat(20_000)}`],
  ["block depth 3,000", Array.from({ length: 600 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")],
  ["compact lists", "- ".repeat(50_000)],
  ["flow map braces", "{}\n".repeat(kib256 / 3)],
  ["question marks", `[${"? ".repeat(kib256 / 2 - 10)}]`],
  ["tags", `a: ${"!a ".repeat(kib256 / 3 - 10)}`],
  ["directives", "%A\n".repeat(kib256 / 3)],
  ["merge chain", Array.from({ length: 200 }, (_, at) => `a${at}: &a${at}\n  <<: *a${at - 1}`).join("\n")],
  ["certificates without an end", `x: "${"-----BEGIN A-----".repeat(9_000)}"`],
  ["NUL", "\u0000".repeat(1_000)],
];

test.each(bombs)("C01 M07 %s is 400 within a stall of 200 ms", async (_, text) => {
  const { add } = await prepare();
  await add("warm: up");
  const stalls = watchStalls();
  const { status } = await add(text);
  expect(status).toBe(400);
  expect(stalls.longest()).toBeLessThan(200);
});

/** How long the event loop was held up at most. */
function watchStalls() {
  let lastMs = performance.now();
  let longestMs = 0;
  const note = () => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs - 5);
    lastMs = nowMs;
  };
  const timer = setInterval(note, 5);
  return {
    longest() {
      note();
      clearInterval(timer);
      return longestMs;
    },
  };
}
