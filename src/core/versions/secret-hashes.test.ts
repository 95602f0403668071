import { expect, test } from "vitest";
import type { Design } from "../../contract/design.ts";
import { carryHashes, compareHashes, hashGiven, heldHashes, secretValuesOf } from "./secret-hashes.ts";

const position = { x: 0, y: 0 };
const secret = (...names: string[]) => ({
  id: "keys",
  type: "secret",
  position,
  data: { keys: names.map((name) => ({ name })) },
});
const web = { id: "web", type: "deployment", position, data: { name: "web" } };
const design = (...nodes: Design["nodes"]): Design => ({ nodes, edges: [] });

test("what nodes take is hashed: a secret its values, a workload its environment, nobody anything else's", () => {
  const given = {
    secrets: { keys: { A: "1", _new_1: "2" }, web: { B: "3" }, gone: { C: "4" } },
    envVars: { web: { D: "5" }, keys: { E: "6" } },
  };
  const hashes = hashGiven(design(web, secret("A")), given, (...parts) => [parts.join(" ")]);
  expect(hashes).toEqual({ keys: { A: ["keys A 1"] }, web: { D: ["web D 5"] } });
});

test("what is given wins, what is not is carried over while the drawing still has a place for it", () => {
  const before = { gone: { A: "a" }, keys: { A: "a", B: "b", C: "c" }, web: { TOKEN: "t" } };
  const after = carryHashes(design(web, secret("A", "B")), before, { keys: { B: ["b2"] } });
  expect(after).toEqual({ keys: { A: "a", B: "b2" }, web: { TOKEN: "t" } });
  expect(heldHashes(design(secret("C")), before)).toEqual({ keys: { C: "c" } });
});

test("a value that an earlier key knew keeps the hash it had", () => {
  const given = { keys: { A: ["new a", "old a"], B: ["new b", "old b"] } };
  const after = carryHashes(design(secret("A", "B")), { keys: { A: "old a", B: "old c" } }, given);
  expect(after).toEqual({ keys: { A: "old a", B: "new b" } });
});

test("the same knowledge has one text, in whatever order it came", () => {
  const drawn = design(web, secret("A", "B"));
  const one = carryHashes(drawn, {}, { web: { Z: ["1"] }, keys: { B: ["2"], A: ["3"] } });
  const other = carryHashes(drawn, { keys: { A: "3" } }, { keys: { B: ["2"] }, web: { Z: ["1"] } });
  expect(JSON.stringify(other)).toBe(JSON.stringify(one));
});

test("values are told to be added, removed, changed or the same, names of every object too", () => {
  const before = JSON.parse('{"keys":{"A":"1","B":"1","C":"1","__proto__":"1"}}');
  const after = JSON.parse('{"keys":{"B":"2","C":"1","D":"1","__proto__":"2"},"__proto__":{"toString":"1"}}');
  expect(compareHashes(before, after)).toEqual([
    { node_id: "__proto__", key: "toString", change: "added" },
    { node_id: "keys", key: "A", change: "removed" },
    { node_id: "keys", key: "B", change: "changed" },
    { node_id: "keys", key: "C", change: "same" },
    { node_id: "keys", key: "D", change: "added" },
    { node_id: "keys", key: "__proto__", change: "changed" },
  ]);
});

test("a value was set when its hash last changed, and is present if the newest version knows it", () => {
  const at = (created_at: string, hashes: Record<string, Record<string, string>>) => ({
    created_at,
    created_by: `user of ${created_at}`,
    hashes,
  });
  const values = secretValuesOf([
    at("1", { keys: { A: "a", B: "b", C: "c" } }),
    at("2", { keys: { A: "a", B: "b2" } }),
    at("3", { keys: { A: "a", B: "b2", C: "c" } }),
    at("4", { keys: { A: "a", C: "c" } }),
  ]);
  expect(values).toEqual({
    keys: {
      A: { set_at: "1", by: "user of 1", present: true },
      B: { set_at: "2", by: "user of 2", present: false },
      C: { set_at: "3", by: "user of 3", present: true },
    },
  });
  expect(secretValuesOf([])).toEqual({});
});
