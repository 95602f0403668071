import type { ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { clusterOperations as api } from "../../src/contract/clusters.ts";
import { startClusterApp } from "../support/cluster-app.ts";
import { eventually } from "../support/eventually.ts";
import { answerJson, listenHttp, smallCluster } from "../support/hostile-server.ts";

function tokenFor(subject: string, seconds: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ sub: subject, exp: Date.now() / 1_000 + seconds })}.${subject}`;
}

/** An identity provider that gives a token for each refresh token, and each time another refresh token. */
async function startIssuer({ rotates = true, change = (answer: object): object => answer } = {}) {
  const forms: URLSearchParams[] = [];
  const given: string[] = [];
  let valid = "refresh-0";

  async function grant(form: URLSearchParams, response: ServerResponse): Promise<void> {
    forms.push(form);
    if (form.get("refresh_token") !== valid) return answerJson(response, 400, { error: "invalid_grant" });
    if (rotates) valid = `refresh-${forms.length}`;
    const id_token = tokenFor(`t${forms.length}`, 3_600);
    given.push(id_token);
    answerJson(response, 200, change({ id_token, refresh_token: valid, token_type: "Bearer" }));
  }

  const issuer = await listenHttp((request, response) => {
    if (request.url === "/token")
      return void text(request).then((sent) => grant(new URLSearchParams(sent), response));
    answerJson(response, 200, change({ issuer: issuer.server, token_endpoint: `${issuer.server}/token` }));
  });
  return { ...issuer, forms, given };
}

type Issuer = Awaited<ReturnType<typeof startIssuer>>;

async function prepare(issuer: Issuer, env: Record<string, string> = {}) {
  const app = await startClusterApp({ env });
  const ada = await app.signUp();
  const cluster = await listenHttp(
    smallCluster(({ headers }) => issuer.given.some((known) => headers.authorization === `Bearer ${known}`)),
  );
  const body = {
    name: "prod",
    server: cluster.server,
    auth_type: "oidc" as const,
    insecure: true,
    oidc_issuer_url: issuer.server,
    oidc_client_id: "orrery",
    oidc_client_secret: "client-secret",
    oidc_refresh_token: "refresh-0",
    oidc_scopes: ["openid", "email"],
  };
  const add = (over: object = {}) => ada.raw("POST", "/clusters", { ...body, ...over });
  return { ...app, ...ada, cluster, add };
}

const prod = { params: { name: "prod" } };

test("a refresh token becomes the bearer token that the cluster sees, once for all calls", async () => {
  const issuer = await startIssuer();
  const { add, cluster, call } = await prepare(issuer);
  const { status, text: answer } = await add();
  expect(status).toBe(201);
  expect(JSON.parse(answer)).toMatchObject({ status: "connected", authType: "oidc" });
  expect(issuer.forms.length).toBe(1);
  expect(Object.fromEntries(issuer.forms[0] ?? [])).toEqual({
    grant_type: "refresh_token",
    refresh_token: "refresh-0",
    scope: "openid email",
  });
  expect(issuer.requests[1]?.headers.authorization).toBe(
    `Basic ${Buffer.from("orrery:client-secret").toString("base64")}`,
  );
  await Promise.all([call(api.testCluster, prod), call(api.testCluster, prod), call(api.testCluster, prod)]);
  expect(issuer.forms.length).toBe(2);
  expect(new Set(cluster.requests.map(({ headers }) => headers.authorization)).size).toBe(2);
});

test("a refresh token that is good only once is replaced in what is stored", async () => {
  const issuer = await startIssuer();
  const { add, call, needs, user, problems } = await prepare(issuer);
  await add();
  const sealed = async () => (await needs.clusters.findOwned("prod", user.id))?.credentials;
  const before = await sealed();
  await call(api.testCluster, prod);
  await eventually(async () => (await sealed()) !== before);
  // The connection goes on with what it knows; another one, as after a restart, begins with what is stored.
  await call(api.testCluster, prod);
  expect(issuer.forms.length).toBe(2);
  needs.connections.forget((await needs.clusters.findOwned("prod", user.id))?.id ?? "");
  await call(api.testCluster, prod);
  const used = issuer.forms.map((form) => form.get("refresh_token"));
  expect(used).toEqual(["refresh-0", "refresh-1", "refresh-2"]);
  expect(problems).toEqual([]);
});

test("a token that the cluster knows no longer is fetched anew", async () => {
  const issuer = await startIssuer({ rotates: false });
  const { add, call } = await prepare(issuer);
  await add();
  await call(api.testCluster, prod);
  issuer.given.length = 0;
  await expect(call(api.testCluster, prod)).rejects.toMatchObject({ status: 400 });
  await expect(call(api.testCluster, prod)).resolves.toMatchObject({ status: "healthy" });
});

test.each([
  ["a refresh token it does not know", {}, { oidc_refresh_token: "wrong" }, /refused the credentials/],
  ["another issuer's name", { issuer: "https://other.example" }, {}, /another name/],
  ["no token endpoint", { token_endpoint: 7 }, {}, /did not answer/],
  ["no token", { id_token: undefined }, {}, /gave no token/],
  ["a token with a line break", { id_token: "a\r\nb" }, {}, /gave no token/],
  [
    "a token endpoint without TLS or scheme",
    { token_endpoint: "file:///etc/passwd" },
    {},
    /must be a URL|did not answer/,
  ],
])("an identity provider with %s is told as such", async (_, change, over, sentence) => {
  const issuer = await startIssuer({ change: (answer) => ({ ...answer, ...change }) });
  const { add, cluster } = await prepare(issuer);
  const { text: answer } = await add(over);
  const { status, warning } = JSON.parse(answer);
  expect({ status, warning }).toEqual({ status: "error", warning: expect.stringMatching(sentence) });
  expect(cluster.requests).toEqual([]);
});

test("C03 an issuer, and the token endpoint it names, have to be at addresses that are allowed", async () => {
  const there = { token_endpoint: "http://169.254.169.254/token" };
  const issuer = await startIssuer({ change: (answer) => ({ ...answer, ...there }) });
  const { add } = await prepare(issuer);
  expect(await add()).toEqual({ status: 400, text: '{"error":"Address not allowed"}' });
  expect(await add({ oidc_issuer_url: "http://169.254.169.254" })).toEqual({
    status: 400,
    text: '{"error":"Address not allowed"}',
  });
});

test("C04 an issuer that redirects is not followed", async () => {
  const target = await startIssuer();
  const issuer = await listenHttp((_, response) => {
    response.writeHead(307, { location: `${target.server}/.well-known/openid-configuration` }).end();
  });
  const { add } = await prepare(target);
  const { text: answer } = await add({ oidc_issuer_url: issuer.server });
  expect(JSON.parse(answer)).toMatchObject({ status: "error" });
  expect(target.connections()).toBe(0);
});

test("C08 a new issuer needs a new refresh token", async () => {
  const issuer = await startIssuer();
  const { add, raw } = await prepare(issuer);
  await add();
  const other = await startIssuer();
  const moved = await raw("PUT", "/clusters/prod", { oidc_issuer_url: other.server });
  expect(moved.status).toBe(400);
  expect(JSON.parse(moved.text).details).toEqual([
    { path: "/oidc_issuer_url", message: "A new issuer needs a new refresh token" },
  ]);
  expect(other.connections()).toBe(0);
});
