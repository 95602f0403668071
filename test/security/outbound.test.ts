import { expect, test } from "vitest";
import { clusterOperations as api } from "../../src/contract/clusters.ts";
import { caPem, clientCertPem, clientKeyPem, serverCertPem, serverKeyPem } from "../support/certificates.ts";
import { startClusterApp } from "../support/cluster-app.ts";
import { answerJson, listenHttp, listenTcp, smallCluster } from "../support/hostile-server.ts";
import { refused } from "../support/refusals.ts";

const strict = { ALLOW_PRIVATE_NETWORKS: "false" };
const token = "let-me-in-please";
const unreachable = "The cluster cannot be reached";

async function prepare(options: Parameters<typeof startClusterApp>[0] = {}) {
  const app = await startClusterApp(options);
  const ada = await app.signUp();
  const add = async (server: unknown, over: object = {}) => {
    const { status, text } = await ada.raw("POST", "/clusters", {
      name: "prod",
      server,
      token,
      insecure: true,
      ...over,
    });
    return { status, body: JSON.parse(text) };
  };
  const stored = async () => (await ada.call(api.listClusters, {})).total;
  return { ...app, ...ada, add, stored };
}

test.each([
  ["file", "file:///etc/passwd"],
  ["user info", "https://ada:pw@example.com"],
  ["empty user info", "https://@example.com"],
  ["ftp", "ftp://example.com"],
  ["fragment", "https://example.com/#x"],
  ["empty fragment", "https://example.com/#"],
  ["unix", "unix:///var/run/docker.sock"],
  ["query", "https://example.com/?x=1"],
  ["no host", "https://"],
  ["no host but a path", "https:///path"],
  ["port beyond", "https://example.com:65536"],
  ["port zero", "https://example.com:0"],
  ["number", 7],
  ["array", ["https://example.com"]],
  ["no scheme", "example.com:6443"],
  ["one slash", "https:/example.com"],
  ["backslashes", "https:\\\\example.com"],
  ["a backslash before the host", "https://good.example\\@127.0.0.1"],
  ["a line break inside", "https://exa\nmple.com"],
  ["a tab inside", "https://exa\tmple.com"],
  ["a space inside", "https://exa mple.com"],
  ["an invisible character", "https://exa\u200bmple.com"],
  ["javascript", "javascript:alert(1)"],
  ["data", "data:text/plain,x"],
  ["too long", `https://example.com/${"a".repeat(3_000)}`],
])("C02 %s is no server URL", async (_, server) => {
  const { add, stored } = await prepare();
  expect(await add(server)).toMatchObject({ status: 400, body: { details: [{ path: "/server" }] } });
  expect(await stored()).toBe(0);
});

test("C02 plain http takes somebody who says insecure", async () => {
  const { add } = await prepare();
  const cluster = await listenHttp(smallCluster(() => true));
  expect((await add(cluster.server, { insecure: false })).status).toBe(400);
  expect((await add(cluster.server, { insecure: undefined })).status).toBe(400);
  expect(cluster.connections()).toBe(0);
  expect((await add(cluster.server)).body).toMatchObject({ status: "connected", insecure: true });
});

const never = [
  ["metadata IPv4", "169.254.169.254"],
  ["link-local", "169.254.1.1"],
  ["multicast", "224.0.0.1"],
  ["mapped metadata", "[::ffff:169.254.169.254]"],
  ["link-local v6", "[fe80::1]"],
  ["metadata decimal", "2852039166"],
  ["metadata hex", "0xa9fea9fe"],
  ["metadata octal", "0251.0376.0251.0376"],
  ["NAT64 metadata", "[64:ff9b::a9fe:a9fe]"],
  ["local NAT64", "[64:ff9b:1::a9fe:a9fe]"],
  ["6to4 metadata", "[2002:a9fe:a9fe::1]"],
  ["AWS metadata v6", "[fd00:ec2::254]"],
  ["GCP metadata v6", "[fd20:ce::254]"],
  ["CGNAT metadata", "100.100.100.200"],
  ["Oracle metadata", "192.0.0.192"],
  ["platform wire server", "168.63.129.16"],
  ["circled digits", "①⑥⑨.②⑤④.①⑥⑨.②⑤④"],
  ["full-width digits", "１６９.２５４.１６９.２５４"],
  ["reserved", "240.0.0.1"],
  ["broadcast", "255.255.255.255"],
  ["documentation", "192.0.2.1"],
  ["benchmarking", "198.18.0.1"],
  ["multicast v6", "[ff02::1]"],
  ["ISATAP", "[2001:4860::5efe:a9fe:a9fe]"],
  ["ISATAP, global", "[2001:4860::200:5efe:a9fe:a9fe]"],
  ["Teredo", "[2001::1]"],
  ["compatible", "[::169.254.169.254]"],
  ["translated", "[::ffff:0:169.254.169.254]"],
  ["site-local", "[fec0::1]"],
  ["trailing dot", "169.254.169.254."],
  ["unspecified", "0.0.0.0"],
  ["zero", "0"],
  ["this network", "0.1.2.3"],
  ["unspecified v6", "[::]"],
  ["metadata by name", "metadata.google.internal"],
  ["metadata by name with a dot", "metadata.google.internal."],
];

test.each(never)("C03 %s (%s) is refused whatever the settings", async (_, host) => {
  const { add, stored } = await prepare({ env: { ALLOW_PRIVATE_NETWORKS: "true" } });
  for (const server of [`https://${host}`, `http://${host}:80/`])
    expect(await add(server)).toEqual({ status: 400, body: { error: "Address not allowed" } });
  expect(await stored()).toBe(0);
});

const loopback = [
  ["dotted", "127.0.0.1"],
  ["another of them", "127.9.9.9"],
  ["localhost", "localhost"],
  ["localhost with a dot", "localhost."],
  ["upper case", "LOCALHOST"],
  ["v6", "[::1]"],
  ["long v6", "[0:0:0:0:0:0:0:1]"],
  ["decimal", "2130706433"],
  ["short", "127.1"],
  ["mapped", "[::ffff:127.0.0.1]"],
  ["mapped hex", "[::ffff:7f00:1]"],
  ["hex", "0x7f000001"],
  ["octal", "0177.0.0.1"],
  ["trailing dot", "127.0.0.1."],
  ["full width", "１２７.0.0.1"],
  ["full-width dots", "127。0。0。1"],
  ["circled digits", "①②⑦.⓪.⓪.①"],
  ["percent-encoded", "%31%32%37.0.0.1"],
];

test.each(loopback)("C03 loopback as %s (%s) is refused where private networks are", async (_, host) => {
  const { add } = await prepare({ env: strict });
  const cluster = await listenHttp(smallCluster(() => true));
  const answer = await add(`http://${host}:${cluster.port}`);
  expect(answer).toEqual({ status: 400, body: { error: "Address not allowed" } });
  expect(cluster.connections()).toBe(0);
});

test.each([...loopback, ["unspecified", "0.0.0.0"]])(
  "C03 our own listener as %s (%s) is refused where private networks are not",
  async (_, host) => {
    const { add, url, stored } = await prepare({ env: { ALLOW_PRIVATE_NETWORKS: "true" } });
    const answer = await add(`http://${host}:${new URL(url).port}`);
    expect(answer).toEqual({ status: 400, body: { error: "Address not allowed" } });
    expect(await stored()).toBe(0);
  },
);

test.each(["10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "[fd12::1]", "[::ffff:10.0.0.1]"])(
  "C03 the private address %s is refused where private networks are",
  async (host) => {
    const { add } = await prepare({ env: strict });
    expect(await add(`https://${host}:6443`)).toEqual({
      status: 400,
      body: { error: "Address not allowed" },
    });
  },
);

test("C03 an address that is allowed by name and port is reached, and no other port of it", async () => {
  const cluster = await listenHttp(smallCluster(() => true));
  const other = await listenHttp(smallCluster(() => true));
  const env = { ...strict, ALLOWED_ADDRESSES: `127.0.0.1:${cluster.port}` };
  const { add } = await prepare({ env });
  expect((await add(cluster.server)).body).toMatchObject({ status: "connected" });
  expect((await add(other.server, { name: "next" })).status).toBe(400);
  expect(other.connections()).toBe(0);
});

test("C03 our database is refused, however its address is written", async () => {
  const database = await listenTcp(() => undefined);
  const { needs, config } = await prepare();
  const { connectClusters } = await import("../../src/server/app-clusters.ts");
  const listening = { listeners: () => [], report: () => undefined };
  const { outbound } = connectClusters({
    ...needs,
    ...listening,
    config: { ...config, database: `postgres://ada:pw@localhost:${database.port}/orrery` },
  });
  for (const host of ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
    await expect(outbound.judge(new URL(`https://${host}:${database.port}`))).rejects.toMatchObject({
      message: "Address not allowed",
    });
  expect(database.connections()).toBe(0);
});

test.each([
  ["one private answer among public ones", ["93.184.216.34", "10.0.0.1"]],
  ["a metadata answer", ["169.254.169.254"]],
  ["a mapped answer", ["::ffff:127.0.0.1"]],
  ["a public and a link-local answer", ["2606:4700::1", "fe80::1"]],
  ["an answer that is no address", ["not-an-address"]],
])("C03 %s refuses the whole name", async (_, answers) => {
  const { add, stored } = await prepare({ env: strict, resolve: async () => answers });
  expect(await add("https://cluster.example:6443")).toEqual({
    status: 400,
    body: { error: "Address not allowed" },
  });
  expect(await stored()).toBe(0);
});

test("C03 a name that turns to loopback after it was judged is refused when connecting", async () => {
  const cluster = await listenHttp(smallCluster(() => true));
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return asked === 1 ? ["93.184.216.34"] : ["127.0.0.1"];
  };
  const { add, stored } = await prepare({ env: strict, resolve });
  const answer = await add(`http://cluster.example:${cluster.port}`);
  expect(answer).toEqual({ status: 400, body: { error: "Address not allowed" } });
  expect(asked).toBe(2);
  expect(cluster.connections()).toBe(0);
  expect(await stored()).toBe(0);
});

test("C03 a cluster whose name turns to metadata later is refused on its next use", async () => {
  const cluster = await listenHttp((request, response) => {
    response.setHeader("connection", "close");
    smallCluster(() => true)(request, response);
  });
  let answers = ["127.0.0.1"];
  const { add, call } = await prepare({ resolve: async () => answers });
  expect((await add(`http://cluster.example:${cluster.port}`)).body).toMatchObject({ status: "connected" });
  answers = ["169.254.169.254"];
  const test = call(api.testCluster, { params: { name: "prod" } });
  await expect(test).rejects.toMatchObject(refused(400, "Address not allowed"));
});

test("C03 a name that nobody knows is a cluster that is away, in the same words as any other", async () => {
  const resolve = async () => {
    throw Object.assign(new Error("getaddrinfo ENOTFOUND secret.internal"), { code: "ENOTFOUND" });
  };
  const { add } = await prepare({ env: strict, resolve });
  expect(await add("https://secret.internal:6443")).toMatchObject({
    status: 201,
    body: { status: "error", warning: unreachable },
  });
});

test.each([301, 302, 303, 307, 308])("C04 a %i redirect is not followed", async (status) => {
  const { add } = await prepare();
  const target = await listenHttp(smallCluster(() => true));
  const cluster = await listenHttp((_, response) => {
    response.writeHead(status, { location: `${target.server}/version` }).end();
  });
  expect((await add(cluster.server)).body).toMatchObject({ status: "error", warning: unreachable });
  expect(target.connections()).toBe(0);
});

test("C04 no proxy of the environment is used, and no cookie is kept", async () => {
  const proxy = await listenHttp((_, response) => response.end());
  const names = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "NODE_USE_ENV_PROXY"];
  const before = names.map((name) => process.env[name]);
  for (const name of names) process.env[name] = name === "NODE_USE_ENV_PROXY" ? "1" : proxy.server;
  try {
    const { add } = await prepare();
    const cluster = await listenHttp((request, response) => {
      response.setHeader("set-cookie", "a=b");
      smallCluster(() => true)(request, response);
    });
    expect((await add(cluster.server)).body).toMatchObject({ status: "connected" });
    expect(cluster.requests.length).toBeGreaterThan(2);
    expect(cluster.requests.every(({ headers }) => headers.cookie === undefined)).toBe(true);
    expect(proxy.connections()).toBe(0);
  } finally {
    names.forEach((name, at) => {
      const value = before[at];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    });
  }
});

test("C06 a certificate that nobody vouches for is refused before the credential is sent", async () => {
  const { add } = await prepare();
  const cluster = await listenHttp(
    smallCluster(() => true),
    { cert: serverCertPem, key: serverKeyPem },
  );
  const { body } = await add(cluster.server, { insecure: false });
  expect(body).toMatchObject({ status: "error", insecure: false });
  expect(body.warning).toMatch(/certificate is not trusted/);
  expect(cluster.requests).toEqual([]);
  const trusted = await add(cluster.server, { name: "trusted", insecure: false, caData: caPem });
  expect(trusted.body).toMatchObject({ status: "connected" });
  const wrapped = { name: "wrapped", insecure: false, ca_cert: Buffer.from(caPem).toString("base64") };
  expect((await add(cluster.server, wrapped)).body).toMatchObject({ status: "connected" });
  expect((await add(cluster.server, { name: "insecure" })).body).toMatchObject({
    status: "connected",
    insecure: true,
  });
});

test("C06 a certificate of another host is refused", async () => {
  const { add } = await prepare({ resolve: async () => ["127.0.0.1"] });
  const cluster = await listenHttp(
    smallCluster(() => true),
    { cert: serverCertPem, key: serverKeyPem },
  );
  const at = (host: string) => `https://${host}:${cluster.port}`;
  const wrong = await add(at("other.test"), { insecure: false, caData: caPem });
  expect(wrong.body).toMatchObject({ status: "error" });
  expect(cluster.requests).toEqual([]);
  const right = await add(at("cluster.test"), { name: "right", insecure: false, caData: caPem });
  expect(right.body).toMatchObject({ status: "connected" });
});

test("a client certificate is shown to the cluster, and is checked to belong to its key", async () => {
  const { add } = await prepare();
  const tls = { cert: serverCertPem, key: serverKeyPem, ca: caPem };
  const cluster = await listenHttp(
    smallCluster(({ socket, headers }) => {
      const { authorized } = socket as { authorized?: boolean };
      return authorized === true && headers.authorization === undefined;
    }),
    tls,
  );
  const base = { token: undefined, insecure: false, caData: caPem, auth_type: "certificate" };
  const pair = { client_cert: clientCertPem, client_key: clientKeyPem };
  expect((await add(cluster.server, { ...base, ...pair })).body).toMatchObject({
    status: "connected",
    authType: "certificate",
  });
  const wrong = await add(cluster.server, { ...base, ...pair, client_key: serverKeyPem, name: "next" });
  expect(wrong).toMatchObject({ status: 400, body: { details: [{ path: "/client_key" }] } });
});

test("C07 closed, silent, talking and non-TLS targets are told apart by nobody", async () => {
  const closed = { server: "http://127.0.0.1:1", over: {} };
  const silent = { ...(await listenTcp(() => undefined)), over: {} };
  const banner = { ...(await listenTcp((socket) => void socket.write("SSH-2.0-OpenSSH_9.9\r\n"))), over: {} };
  const hangsUp = { ...(await listenTcp((socket) => socket.end())), over: {} };
  const html = { ...(await listenHttp((_, response) => response.end("<h1>Hello</h1>"))), over: {} };
  const missing = {
    ...(await listenHttp((_, response) => response.writeHead(404).end("no such page"))),
    over: {},
  };
  const plain = await listenHttp(smallCluster(() => true));
  const nonTls = { server: plain.server.replace("http:", "https:"), over: { insecure: false } };
  const { raw } = await prepare();
  const targets = [closed, silent, banner, hangsUp, html, missing, nonTls];
  const bodies = await Promise.all(
    targets.slice(0, 4).map(async ({ server, over }, at) => answerOf(raw, server, over, at)),
  );
  for (const [at, { server, over }] of targets.slice(4).entries())
    bodies.push(await answerOf(raw, server, over, at + 4));
  expect(new Set(bodies)).toEqual(new Set([bodies[0]]));
  expect(bodies[0]).toBe(`503 {"error":"${unreachable}"} ${unreachable}`);
}, 30_000);

type Raw = (method: string, path: string, body?: unknown) => Promise<{ status: number; text: string }>;

async function answerOf(raw: Raw, server: string, over: object, at: number): Promise<string> {
  const name = `t${at}`;
  const added = await raw("POST", "/clusters", { name, server, token, insecure: true, ...over });
  expect({ name, ...added }).toMatchObject({ status: 201 });
  const { warning } = JSON.parse(added.text);
  const { status, text } = await raw("POST", `/clusters/${name}/test`);
  return `${status} ${text} ${warning}`;
}

const version = (gitVersion: unknown) => JSON.stringify({ gitVersion });
type Talk = Parameters<typeof listenHttp>[0];
const json = { "content-type": "application/json" };

const hostile: [name: string, talk: Talk][] = [
  ["HTML", (_, response) => response.end("<html>Sign in</html>")],
  ["nothing", (_, response) => response.end()],
  [
    "an endless answer",
    (_, response) => {
      response.writeHead(200, json);
      const pour = () => {
        while (!response.destroyed && response.write(" ".repeat(65_536)));
        if (!response.destroyed) response.once("drain", pour);
      };
      pour();
    },
  ],
  [
    "an answer packed unasked",
    (_, response) => response.writeHead(200, { ...json, "content-encoding": "gzip" }).end("x"),
  ],
  ["a deep answer", (_, response) => response.writeHead(200, json).end("[".repeat(60_000))],
  ["a cut answer", (_, response) => response.writeHead(200, json).end('{"gitVersion":"v1.3')],
  ["a list", (_, response) => response.writeHead(200, json).end("[1]")],
  ["an ANSI version", (_, response) => response.writeHead(200, json).end(version("v1.36.0\u001b[31m"))],
  ["a version that is an object", (_, response) => response.writeHead(200, json).end(version({ a: 1 }))],
  [
    "a long version",
    (_, response) => response.writeHead(200, json).end(version(`v1.36.${"0".repeat(5_000)}`)),
  ],
  [
    "a huge header",
    (_, response) => response.writeHead(200, { ...json, "x-a": "a".repeat(100_000) }).end(version("v1.36.0")),
  ],
];

test.each(hostile)(
  "C05 %s is an error that says nothing of it",
  async (_, talk) => {
    const { add } = await prepare();
    const cluster = await listenHttp(talk);
    const { status, body } = await add(cluster.server);
    expect({ status, body }).toMatchObject({ status: 201, body: { status: "error", warning: unreachable } });
    expect(body.version).toBeUndefined();
  },
  20_000,
);

test("C05 an answer that drips is cut off, and the server goes on meanwhile", async () => {
  const { add, raw } = await prepare();
  const cluster = await listenHttp((_, response) => {
    response.writeHead(200, json).write('{"gitVersion":"');
    const timer = setInterval(() => response.write("1"), 50);
    response.on("close", () => clearInterval(timer));
  });
  const startMs = performance.now();
  const adding = add(cluster.server);
  expect((await raw("GET", "/clusters")).status).toBe(200);
  expect(performance.now() - startMs).toBeLessThan(2_000);
  expect((await adding).body).toMatchObject({ status: "error", warning: unreachable });
  expect(performance.now() - startMs).toBeLessThan(15_000);
}, 20_000);

test("C05 prototype keys and odd names do not get in", async () => {
  const { add } = await prepare();
  const small = smallCluster(() => true);
  const cluster = await listenHttp((request, response) => {
    if (request.url === "/version")
      return response.end('{"__proto__":{"polluted":true},"gitVersion":"v1.36.0","constructor":{"a":1}}');
    if (request.url?.startsWith("/api/v1/namespaces"))
      return response.end(
        '{"kind":"NamespaceList","apiVersion":"v1","metadata":{"resourceVersion":"1","__proto__":{"polluted":true}},"items":[{"metadata":{"name":"a\\u001b[0m"}},{"metadata":{"name":7}},{"metadata":{"name":"ok"}}]}',
      );
    return small(request, response);
  });
  const { body } = await add(cluster.server);
  expect(body).toMatchObject({ status: "connected", metadata: { namespaces: ["ok"] } });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("C05 a refusal is told in the cluster's words: printable, short, and without our own secrets", async () => {
  const { add } = await prepare();
  const cluster = await listenHttp((_, response) => {
    const message = `token ${token} is \u001b[31mnot\u202e known\r\n${"x".repeat(5_000)}`;
    answerJson(response, 403, { kind: "Status", code: 403, message });
  });
  const { warning } = (await add(cluster.server)).body;
  expect(warning).toMatch(/^The cluster refused: token … is \[31mnot known x+…x+$/);
  expect(warning.length).toBeLessThanOrEqual(230);
});

test("a cluster below a path of its host is asked below that path", async () => {
  const { add } = await prepare();
  const small = smallCluster(() => true);
  const cluster = await listenHttp((request, response) => {
    if (!request.url?.startsWith("/k8s/c-1/")) return answerJson(response, 404, {});
    request.url = request.url.slice("/k8s/c-1".length);
    return small(request, response);
  });
  expect((await add(`${cluster.server}/k8s/c-1/`)).body).toMatchObject({ status: "connected" });
});
