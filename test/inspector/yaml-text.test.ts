import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { type ReadYaml, readYaml, writeYaml } from "../../src/web/inspector/yaml-text.ts";

function good(read: ReadYaml) {
  if ("faults" in read) throw new Error(JSON.stringify(read.faults));
  return read;
}

test("a change of one field changes its line alone", () => {
  const { objects, comments } = good(
    readYaml(readFileSync("test/data/manifests/deployment/api.yaml", "utf8")),
  );
  const [api] = objects as [KubernetesObject];
  const before = writeYaml([api], comments).split("\n");
  const after = writeYaml([{ ...api, spec: { ...api.spec, replicas: 5 } }], comments).split("\n");
  expect(after.filter((line, index) => line !== before[index])).toEqual(["  replicas: 5 # one a zone"]);
});

test("a comment stays with the thing it is about when another comes before it", () => {
  const text = "list:\n  - name: a # first\n  - name: b # second\n";
  const { comments } = good(readYaml(text));
  const list = [{ name: "new" }, { name: "b" }, { name: "a" }];
  expect(writeYaml([{ list } as unknown as KubernetesObject], comments)).toBe(
    "list:\n  - name: new\n  - name: b # second\n  - name: a # first\n",
  );
});

test("what is no YAML, and what is no object, is refused with its place", () => {
  const broken = readYaml("a: [1, 2\nb: 3");
  expect("faults" in broken && broken.faults[0]?.from).toBeGreaterThan(0);
  expect(readYaml("just words")).toMatchObject({ faults: [{ from: 0, to: 10 }] });
  expect(readYaml("")).toMatchObject({ faults: [{ message: "There is nothing here" }] });
});

test("our own labels are not shown, and odd comments in a drawing do no harm", () => {
  const labels = { app: "a", "orrery.dev/node": "n", "app.kubernetes.io/managed-by": "orrery" };
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", labels } };
  for (const odd of [7, null, { "": 1, "/kind": { before: {} } }, []])
    expect(writeYaml([object], odd)).toBe(
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n    app: a\n",
    );
});

test("places are found by pointer, and settings by their last name", () => {
  const text = "spec:\n  template:\n    image: x:1\n";
  const { find } = good(readYaml(text));
  const cut = ({ from, to }: { from: number; to: number }) => text.slice(from, to);
  expect(cut(find("/spec/template/image"))).toBe("x:1");
  expect(cut(find("/spec/template/nothing"))).toContain("image");
  expect(cut(find("/image"))).toBe("x:1");
});
