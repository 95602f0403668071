import { expect, test } from "vitest";
import type { DesignNode } from "../../src/contract/design.ts";
import { catalog } from "../../src/core/catalog/catalog.ts";
import type { ToObjects } from "../../src/core/compile/from-objects.ts";
import { nodeCompiler } from "../../src/core/compile/node-compiler.ts";
import { takeYaml } from "../../src/web/inspector/take-yaml.ts";
import { writeYaml } from "../../src/web/inspector/yaml-text.ts";
import { type Manifest, manifests, unsaid } from "../support/manifests.ts";

type Data = DesignNode["data"];

/** A manifest pasted into a new node of its kind. */
function pasted({ type, text, place }: Manifest) {
  const node: DesignNode = { id: "n1", type, position: { x: 0, y: 0 }, data: {} };
  const design = { nodes: [node], edges: [] };
  const toObjects = nodeCompiler({ workflow_id: "wf", namespace: "shop", design }, node.id);
  const take = (written: string, data: Data) => {
    const taken = takeYaml(written, { type, data }, toObjects);
    if ("faults" in taken) throw new Error(`${place}: ${JSON.stringify(taken.faults)}`);
    return taken.data;
  };
  return { data: take(text, {}), take, toObjects };
}

const textOf = (data: Data, toObjects: ToObjects) => writeYaml(toObjects(data).objects, data.comments);

test("there are more than fifty of them, of every kind", () => {
  expect(manifests.length).toBeGreaterThan(50);
  expect(new Set(manifests.map(({ type }) => type))).toEqual(new Set(catalog.keys()));
});

test.each(manifests)("$place becomes a node that says all it said, and stays so", (manifest) => {
  const { data, take, toObjects } = pasted(manifest);
  const text = textOf(data, toObjects);
  for (const comment of manifest.comments) expect(text).toContain(`#${comment}\n`);
  // Through the form and through the YAML, by way of a server that keeps JSON.
  let said = data;
  for (let round = 0; round < 10; round += 1) {
    said = take(textOf(said, toObjects), JSON.parse(JSON.stringify(said)));
    expect(said).toEqual(data);
    expect(textOf(said, toObjects)).toBe(text);
  }
  expect(take(manifest.text, data)).toEqual(data);

  expect(unsaid(text, manifest.text)).toEqual([]);
});

test("what no setting says is kept beside the settings, and no more than that", () => {
  const beside = manifests.map((manifest) => [manifest.place, pasted(manifest).data.overlay ?? "nothing"]);
  expect(Object.fromEntries(beside)).toMatchSnapshot();
});
