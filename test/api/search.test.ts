import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { sight } from "../../src/core/resources/seen.ts";
import { newId } from "../../src/server/new-id.ts";
import { startTestApp } from "../support/test-app.ts";

const node = (id: string, type: string, data: Record<string, unknown>) => {
  return { id, type, position: { x: 0, y: 0 }, data };
};
const nothing = { workflows: [], nodes: [], images: [], resources: [], clusters: [], runs: [] };

async function start() {
  const server = await startTestApp({ env: { ALLOW_PRIVATE_NETWORKS: "true" } });
  const ada = await server.signUp("Ada");
  const eve = await server.signUp("Eve");
  const draw = async (name: string, more: object = {}, by = ada) =>
    (await by.call(api.createWorkflow, { body: { name, ...more } })).id;
  const find = (q: string, by = ada) => by.call(api.search, { query: { q } });
  const names = async (q: string) => (await find(q)).workflows.map(({ name }) => name);
  return { ...server, ada, eve, draw, find, names };
}

test("workflows are found by any part of what is written on them, the best fit first", async () => {
  const { draw, names, find } = await start();
  await draw("Billing", { description: "pays for the storefront" });
  await draw("The storefront");
  await draw("Storefront of old");
  await draw("Storefront");
  await draw("Mail", { tags: ["storefront"] });
  expect(await names("storefront")).toEqual([
    "Storefront",
    "Storefront of old",
    "The storefront",
    "Mail",
    "Billing",
  ]);
  expect(await names("STOREFR")).toHaveLength(5);
  expect(await names("orefro")).toHaveLength(5);
  expect(await names("old store")).toEqual(["Storefront of old"]);
  expect(await find("st")).toEqual(nothing);
  expect(await find("")).toEqual(nothing);
  expect(await find("absent")).toEqual(nothing);
});

test("slips of the finger are forgiven where nothing fits as it is written", async () => {
  const { draw, names } = await start();
  await draw("Storefront");
  await draw("Café Payments");
  for (const q of ["storefornt", "storfront", "stoorefront", "storefrant", "sotrefront"])
    expect(await names(q), q).toEqual(["Storefront"]);
  expect(await names("cafe paymnets")).toEqual(["Café Payments"]);
  expect(await names("stxxfxxnt")).toEqual([]);
});

test("nodes and images are found in the drawings as they were saved last", async () => {
  const { draw, find, ada } = await start();
  const nodes = [
    node("n1", "deployment", { name: "checkout-api", image: "ghcr.io/acme/checkout:2.5.0" }),
    node("n2", "statefulset", { name: "orders-db", image: "postgres:17" }),
  ];
  const id = await draw("Shop", { nodes, edges: [] });
  const of = { workflow_id: id, workflow_name: "Shop" };
  expect(await find("orders")).toMatchObject({
    nodes: [{ ...of, node_id: "n2", name: "orders-db", type: "statefulset" }],
    images: [],
  });
  expect((await find("postgres")).images).toEqual([{ ...of, node_id: "n2", image: "postgres:17" }]);
  expect((await find("checkuot")).nodes).toMatchObject([{ node_id: "n1" }]);

  const changed = [node("n2", "statefulset", { name: "ledger", image: "mariadb:11" })];
  await ada.call(api.saveWorkflow, { params: { id }, body: { nodes: changed } });
  expect(await find("orders")).toEqual(nothing);
  expect((await find("ledger")).nodes).toMatchObject([{ name: "ledger" }]);
  await ada.call(api.updateWorkflow, { params: { id }, body: { name: "Bakery" } });
  expect((await find("bakery")).workflows).toMatchObject([{ id }]);
  await ada.call(api.deleteWorkflow, { params: { id } });
  expect(await find("ledger")).toEqual(nothing);
  expect(await find("bakery")).toEqual(nothing);
});

test("nobody finds what is somebody else's, and of a shared cluster only the namespaces they were given", async () => {
  const { ada, eve, draw, find, storage } = await start();
  await draw("Secret plans", { nodes: [node("n", "job", { name: "hidden-job", image: "hidden:1" })] });
  await ada.call(api.addCluster, { body: { name: "hidden", server: "https://127.0.0.1:1", token: "t" } });
  const { id: cluster_id } = await ada.call(api.getCluster, { params: { name: "hidden" } });
  const pod = (namespace: string) =>
    sight({ apiVersion: "v1", kind: "Pod", metadata: { name: `hidden-${namespace}`, namespace } });
  const seen = [pod("shop"), pod("bank")];
  const report = { cluster_id, api_group: "", kind: "Pod", seen, gone: [], newId };
  await storage.resources.record({ ...report, at: new Date().toISOString() });

  expect(await find("hidden", eve)).toEqual(nothing);
  expect(await find("hidden")).toMatchObject({
    nodes: [{ name: "hidden-job" }],
    images: [{ image: "hidden:1" }],
    clusters: [{ name: "hidden" }],
  });
  expect((await find("hidden")).resources.map(({ namespace }) => namespace).toSorted()).toEqual([
    "bank",
    "shop",
  ]);

  const body = { targetUserId: eve.user.id, role: "viewer" as const, namespaces: ["shop"] };
  await ada.call(api.shareCluster, { params: { name: "hidden" }, body });
  expect(await find("hidden", eve)).toMatchObject({
    ...{ workflows: [], nodes: [], images: [], clusters: [{ name: "hidden" }] },
    resources: [{ name: "hidden-shop", namespace: "shop", type: "Pod", clusterName: "hidden" }],
  });
  expect((await find("pod bank", eve)).resources).toEqual([]);
});

const odd = [
  "(a+)+$",
  "100%",
  "it's",
  'say "hi"',
  "a_b_c",
  "back\\slash",
  "NEAR(a b)",
  "a* OR b",
  "[a-z]*",
  "-x: {y}",
];

test.each(odd)("G03 %s is text and finds itself alone", async (text) => {
  const { draw, names } = await start();
  await draw(`${text} one`);
  await draw("aaa 1000 its say hi abbbc backslash near a b z x y");
  expect(await names(text)).toEqual([`${text} one`]);
});

test("G03 what is too long or holds a NUL is refused, and so is what is there twice", async () => {
  const { url, ada } = await start();
  const ask = async (query: string) => {
    const headers = { authorization: `Bearer ${ada.token}` };
    return (await fetch(`${url}/v1/api/search?${query}`, { headers })).status;
  };
  expect(await ask(`q=${"a".repeat(10_240)}`)).toBe(414);
  expect(await ask(`q=${"a".repeat(201)}`)).toBe(400);
  expect(await ask("q=a%00b")).toBe(400);
  expect(await ask("q=abc&q=def")).toBe(400);
  expect(await ask("q=abc%20%22%27%3B--")).toBe(200);
  expect(await ask("q=%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80")).toBe(200);
});
