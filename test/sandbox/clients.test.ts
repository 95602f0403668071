import { expect, test } from "vitest";
import { apps, core, deployment, podTemplate, simulated } from "./simulated.ts";

/** What different clients ask for, and are to be given as a real server would. */

const get = (server: string, token: string, path: string, headers = {}) =>
  fetch(new URL(path, server), { headers: { authorization: `Bearer ${token}`, ...headers } });

test("discovery comes in one answer for those who ask for it so", async () => {
  const { sandbox } = await simulated();
  const type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  const response = await get(sandbox.server, sandbox.issue("somebody"), "/apis", {
    accept: `${type},application/json`,
  });
  expect(response.headers.get("content-type")).toBe(type);
  const { kind, items } = (await response.json()) as { kind: string; items: Group[] };
  expect(kind).toBe("APIGroupDiscoveryList");
  const deployments = items
    .find(({ metadata }) => metadata.name === "apps")
    ?.versions[0]?.resources.find(({ resource }) => resource === "deployments");
  expect(deployments).toMatchObject({
    responseKind: { group: "apps", version: "v1", kind: "Deployment" },
    scope: "Namespaced",
    singularResource: "deployment",
    shortNames: ["deploy"],
    subresources: [
      { subresource: "status" },
      { subresource: "scale", responseKind: { group: "autoscaling", kind: "Scale" } },
    ],
  });
});

interface Group {
  metadata: { name: string };
  versions: { resources: { resource: string }[] }[];
}

test("who takes no JSON, or sends none, is told so", async () => {
  const { sandbox, fetchFrom } = await simulated();
  const protobuf = "application/vnd.kubernetes.protobuf";
  const unread = await get(sandbox.server, sandbox.issue("somebody"), `${core}/pods`, { accept: protobuf });
  expect([unread.status, (await unread.json()) as object]).toMatchObject([406, { reason: "NotAcceptable" }]);
  const unknown = await fetchFrom("POST", `${core}/configmaps`, "k8s", protobuf);
  expect([unknown.status, (await unknown.json()) as object]).toMatchObject([
    415,
    { reason: "UnsupportedMediaType" },
  ]);
});

test("a field that is said twice is refused where the client is strict", async () => {
  const { ask } = await simulated();
  const twice = '{"metadata":{"name":"a"},"data":{"x":"1","y":"\\"x\\":","x":"2"}}';
  const refused = await ask("POST", `${core}/configmaps?fieldValidation=Strict`, twice);
  expect([refused.status, refused.body.message]).toEqual([
    400,
    'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: duplicate field "data.x"',
  ]);
  expect((await ask("POST", `${core}/configmaps`, twice)).body.data.x).toBe("2");
});

test("a watch may begin with what is there, and says where that ends", async () => {
  const { api, fetchFrom } = await simulated();
  await api("POST", `${core}/configmaps`, { metadata: { name: "here" } });
  const query =
    "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1";
  const response = await fetchFrom("GET", `${core}/configmaps?fieldSelector=metadata.name=here&${query}`);
  const [first, second] = (await response.text())
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  expect(first).toMatchObject({ type: "ADDED", object: { metadata: { name: "here" } } });
  expect(second).toMatchObject({
    type: "BOOKMARK",
    object: { kind: "ConfigMap", metadata: { annotations: { "k8s.io/initial-events-end": "true" } } },
  });
});

test("who asks what they may do may do anything, and who they are is the tenant", async () => {
  const { api } = await simulated();
  const review = await api("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {
    spec: { resourceAttributes: { verb: "create", resource: "pods" } },
  });
  expect(review.status).toMatchObject({ allowed: true });
  const self = await api("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", {});
  expect(self.status).toMatchObject({ userInfo: { username: "somebody" } });
});

test("what is read of a log is what was asked for", async () => {
  const { api, seen, ask } = await simulated();
  await api("POST", `${core}/pods`, { ...podTemplate("one"), metadata: { name: "one" } });
  expect((await ask("GET", `${core}/pods/one/log?tailLines=x`)).status).toBe(400);
  await seen(`${core}/pods/one`, ({ status }) => status.phase === "Running");
  const log = async (query: string) => String((await ask("GET", `${core}/pods/one/log?${query}`)).body);
  expect(await log("")).toMatch(/^line 1 of web in one \(simulated\)\n/);
  expect(await log("tailLines=1&timestamps=true")).toMatch(
    /^\d{4}-\d\d-\d\dT\S+Z line \d+ of web in one \(simulated\)\n$/,
  );
  expect(await log("tailLines=0")).toBe("");
  const nobody = await ask("GET", `${core}/pods/one/log?container=nobody`);
  expect([nobody.status, nobody.body.message]).toEqual([400, "container nobody is not valid for pod one"]);
  const previous = await ask("GET", `${core}/pods/one/log?previous=true`);
  expect([previous.status, previous.body.message]).toEqual([
    400,
    'previous terminated container "web" in pod "one" not found',
  ]);
});

test("the log of a container that is not there yet says what it waits for", async () => {
  const { api, seen, ask } = await simulated();
  await api("POST", `${core}/pods`, {
    ...podTemplate("one", "registry.invalid/web:1"),
    metadata: { name: "one" },
  });
  await seen(
    `${core}/pods/one`,
    ({ status }) => status.containerStatuses?.[0]?.state.waiting?.reason === "ImagePullBackOff",
  );
  expect((await ask("GET", `${core}/pods/one/log`)).body.message).toBe(
    'container "web" in pod "one" is waiting to start: trying and failing to pull image',
  );
});

test("what pods and nodes use is told, and pods that do not run use nothing", async () => {
  const { api, seen, list, ask } = await simulated();
  const metrics = "/apis/metrics.k8s.io/v1beta1";
  expect((await list(`${metrics}/nodes`)).map(({ metadata }) => metadata.name)).toEqual([
    "sandbox-1",
    "sandbox-2",
    "sandbox-3",
  ]);
  expect(await list(`${metrics}/namespaces/default/pods`)).toEqual([]);
  await api("POST", `${apps}/deployments`, deployment("web", { replicas: 2 }));
  await seen(`${apps}/deployments/web`, ({ status }) => status.readyReplicas === 2);
  const used = await list(`${metrics}/namespaces/default/pods`);
  expect(used).toHaveLength(2);
  expect(used[0]).toMatchObject({
    containers: [
      {
        name: "web",
        usage: { cpu: expect.stringMatching(/^\d+m$/), memory: expect.stringMatching(/^\d+Mi$/) },
      },
    ],
  });
  expect((await ask("GET", `${metrics}/namespaces/default/pods/nobody`)).status).toBe(404);
});
