import { expect, test } from "vitest";
import { axeCleanInBothThemes, openApp } from "../support/browser.ts";
import { nodeOf } from "../support/compile-one.ts";
import { openNode } from "../support/inspector.ts";

const app = openApp();
const value = "hunter2-äß-never-to-be-seen";

/** Everything a page can keep beyond itself. */
const kept = `(async () => {
  const databases = await indexedDB.databases();
  const rows = await Promise.all(databases.map(({ name }) => new Promise((done) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => {
      const db = request.result;
      const stores = [...db.objectStoreNames];
      if (stores.length === 0) return done([]);
      const all = [];
      const transaction = db.transaction(stores);
      for (const store of stores) transaction.objectStore(store).getAll().onsuccess = ({ target }) => all.push(target.result);
      transaction.oncomplete = () => { db.close(); done(all); };
    };
  })));
  return JSON.stringify([rows, { ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state]);
})()`;

test("a typed secret is on this page alone: not in the drawing, in storage, in the address, or in any request", async () => {
  const design = {
    nodes: [nodeOf("s", "secret", { name: "keys", keys: [{ id: "k", name: "PASSWORD" }] })],
    edges: [],
  };
  const { page, inspector, saved } = await openNode(app, design, { node: "s" });
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.url() + (request.postData() ?? "")));

  await inspector.getByText("Needs a value").waitFor();
  await inspector.getByRole("button", { name: "Type it the value of PASSWORD" }).click();
  await inspector.getByLabel("Value of PASSWORD").fill(value);
  await inspector.getByText("Typed, not sent").waitFor();
  await axeCleanInBothThemes(page);
  // Something of the drawing is saved after it.
  await inspector.getByLabel("Mount path", { exact: true }).fill("/etc/keys");
  await saved((data) =>
    expect(data).toEqual({ name: "keys", keys: [{ id: "k", name: "PASSWORD" }], mountPath: "/etc/keys" }),
  );
  expect(await page.evaluate<string>(kept)).not.toContain(value);
  expect(sent.join("\n")).not.toContain(value);

  await inspector.getByRole("tab", { name: "YAML" }).click();
  const yaml = inspector.getByLabel("YAML of keys");
  await yaml.getByText("PASSWORD").waitFor();
  expect(await page.content()).not.toContain(value);

  await inspector.getByRole("tab", { name: "Settings" }).click();
  await inspector.getByRole("button", { name: "Take back the value of PASSWORD" }).click();
  await inspector.getByText("Needs a value").waitFor();
});

test("a key with another name is another key, and begins without a value", async () => {
  const design = { nodes: [nodeOf("s", "secret", { name: "keys", keys: [{ name: "A" }] })], edges: [] };
  const { inspector, saved } = await openNode(app, design, { node: "s" });
  await inspector.getByRole("button", { name: "Type it the value of A" }).click();
  await inspector.getByLabel("Value of A").fill(value);
  await inspector.getByLabel("Key 1", { exact: true }).fill("B");
  await inspector.getByText("Needs a value").waitFor();
  await saved((data) => expect(data.keys).toEqual([{ name: "B" }]));
});
