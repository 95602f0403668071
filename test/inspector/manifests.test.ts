import { expect, test } from "vitest";
import type { DesignNode } from "../../src/contract/design.ts";
import { catalog } from "../../src/core/catalog/catalog.ts";
import { serverOwned } from "../../src/core/catalog/object.ts";
import { isMap } from "../../src/core/catalog/text-values.ts";
import type { ToObjects } from "../../src/core/compile/from-objects.ts";
import { nodeCompiler } from "../../src/core/compile/node-compiler.ts";
import { takeYaml } from "../../src/web/inspector/take-yaml.ts";
import { readYaml, writeYaml } from "../../src/web/inspector/yaml-text.ts";
import { type Manifest, manifests } from "../support/manifests.ts";

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

  const [read, again] = [readYaml(manifest.text), readYaml(text)];
  if ("faults" in read || "faults" in again) throw new Error("One of them cannot be read");
  expect(again.objects.length).toBeGreaterThanOrEqual(read.objects.length);
  for (const object of read.objects) {
    const made = again.objects.find(({ kind }) => kind === object.kind);
    expect(unsaid(made, withoutState(object))).toEqual([]);
  }
});

test("what no setting says is kept beside the settings, and no more than that", () => {
  const beside = manifests.map((manifest) => [manifest.place, pasted(manifest).data.overlay ?? "nothing"]);
  expect(Object.fromEntries(beside)).toMatchSnapshot();
});

/** What a cluster says of an object, and nobody asks for. */
function withoutState(object: object): object {
  const { status: _, metadata, stringData, ...rest } = object as Record<string, unknown>;
  const kept = Object.entries(metadata as object).filter(([key]) => !serverOwned.includes(key));
  return {
    ...rest,
    metadata: Object.fromEntries(kept),
    ...(stringData !== undefined && { data: stringData }),
  };
}

/** What is not in an object although a manifest says it, place by place. */
function unsaid(made: unknown, said: unknown, place = ""): string[] {
  if (said === null) return [];
  const [mine, theirs] = [inOrder(made, place), inOrder(said, place)];
  if (Array.isArray(mine) && Array.isArray(theirs) && mine.length === theirs.length)
    return theirs.flatMap((each, index) => unsaid(mine[index], each, `${place}/${index}`));
  if (isMap(mine) && isMap(theirs))
    return Object.entries(theirs).flatMap(([key, each]) => unsaid(mine[key], each, `${place}/${key}`));
  const isAmount = /\/resources\/(limits|requests)\/./.test(place);
  return made === said || (isAmount && String(made) === String(said))
    ? []
    : [`${place}: ${JSON.stringify(said)}`];
}

/** The order of volumes and of mounts means nothing. */
function inOrder(value: unknown, place: string): unknown {
  const key = /\/volumes$/.test(place) ? "name" : /\/volumeMounts$/.test(place) ? "mountPath" : undefined;
  if (key === undefined || !Array.isArray(value)) return value;
  return value.toSorted((a, b) => String(a[key]).localeCompare(String(b[key])));
}
