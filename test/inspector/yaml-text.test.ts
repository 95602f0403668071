import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { keptComments, type ReadYaml, readYaml, writeYaml } from "../../src/web/inspector/yaml-text.ts";

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

test("a comment goes with the line it is about, also out of a list in one line", () => {
  const { objects, comments } = good(
    readYaml(`kind: A
spec: # of it all
  # how many
  replicas: 3
  modes: [a, b] # two of them
  empty: {} # nothing
metadata:
  name: a
status:
  phase: x # gone by
--- # no more
# The end.
`),
  );
  const [{ spec, ...rest }] = objects as [KubernetesObject];
  const made = { ...rest, status: undefined, spec: { first: 1, ...spec } } as unknown as KubernetesObject;
  const kept = keptComments(comments, [made], {}, []);
  expect(writeYaml([made], kept)).toBe(`# gone by

kind: A
metadata:
  name: a
# of it all
spec:
  first: 1
  # how many
  replicas: 3
  # two of them
  modes:
    - a
    - b
  # nothing
  empty: {}

# no more
# The end.
`);
});

test("comments on what is not there for a while come back with it", () => {
  const [whole, scaled] = [{ replicas: 3 }, {}].map(
    (spec) =>
      ({
        kind: "A",
        metadata: { name: "a" },
        spec: { ...spec, paused: true },
      }) as unknown as KubernetesObject,
  ) as [KubernetesObject, KubernetesObject];
  const known = good(
    readYaml("kind: A\nspec:\n  replicas: 3 # one a zone\n  paused: true # for now\n"),
  ).comments;
  const { comments } = good(readYaml(writeYaml([scaled], known).replace("for now", "until noon")));
  const text = writeYaml([whole], keptComments(comments, [scaled], known, [scaled]));
  expect(text).toContain("replicas: 3 # one a zone\n  paused: true # until noon");
});

test("documents beside the main one keep their comments", () => {
  const text = "kind: B\nmetadata:\n  name: b # beside\n---\nkind: A\nmetadata:\n  name: a # main\n";
  const { objects, comments } = good(readYaml(text));
  expect(writeYaml(objects, comments)).toBe(text);
});

test("YAML is read as Kubernetes' own clients read it, and written so that they read the same", () => {
  // Each as kubectl makes it.
  const known: Record<string, unknown> = {
    ...{ y: true, yes: true, on: true, NO: false, "0644": 420, "-0644": -420, "0o17": 15, "0b11": 3 },
    ...{ "0x1F": 31, "1_000": 1000, "089": 89, "00": 0, "0755_0": 3944, "+12": 12, "1_000.5": 1000.5 },
    ...{ "1:30": "1:30", "2024-01-01": "2024-01-01", "1e3": 1000, "12345e7": 123450000000, ".5": 0.5 },
    ...{ "1e": "1e", "=": "=", "1.": 1, "~": null, true: true, "0.10": 0.1, "08x": "08x", "1_": 1 },
  };
  for (const [written, meant] of Object.entries(known)) {
    const { objects } = good(readYaml(`kind: ${written}\n`));
    expect([written, objects[0]?.kind]).toEqual([written, meant]);
    const again = good(readYaml(writeYaml([{ kind: written } as KubernetesObject], {})));
    expect(again.objects[0]?.kind).toBe(written);
  }
  const merged = good(readYaml("a: &a {x: 1, y_: 2}\nb:\n  <<: *a\n  x: 3\n")).objects[0];
  expect(merged).toMatchObject({ b: { x: 3, y_: 2 } });
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
