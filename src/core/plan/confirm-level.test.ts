import { expect, test } from "vitest";
import type { PlannedObject } from "../../contract/plan.ts";
import { confirmOf } from "./confirm-level.ts";

const gone = (kind: string, name = "web", group = ""): PlannedObject => ({
  key: `${group}/${kind}/shop/${name}`,
  kind,
  name,
  action: "delete",
  fields: [],
});
const services = (count: number) => Array.from({ length: count }, (_, index) => gone("Service", `s${index}`));
const confirm = (
  deletes: PlannedObject[],
  total: number,
  more: Partial<Parameters<typeof confirmOf>[0]> = {},
) => confirmOf({ name: "checkout", deletes, total, named: [], restarts: [], ...more });

test("nothing that goes or restarts needs nothing", () => {
  expect(confirm([], 0)).toEqual({ level: 0 });
  expect(confirm([], 10)).toEqual({ level: 0 });
});

test("restarts and a few deletions need a click", () => {
  expect(confirm([], 10, { restarts: [{ pods: 1 }] })).toEqual({ level: 1 });
  expect(confirm(services(3), 10)).toEqual({ level: 1 });
  expect(confirm(services(20), 100)).toEqual({ level: 1 });
});

test("many deletions, or many of what there is, need more", () => {
  expect(confirm(services(21), 100)).toEqual({ level: 2 });
  expect(confirm(services(4), 10)).toEqual({ level: 2 });
  expect(confirm(services(1), 0)).toEqual({ level: 2 });
});

test("claims, namespaces and Secrets with values need the name of the workflow", () => {
  const typed = { level: 3, name: "checkout" };
  const secret = gone("Secret", "db");
  expect(confirm([gone("PersistentVolumeClaim")], 100)).toEqual(typed);
  expect(confirm([gone("Namespace")], 100)).toEqual(typed);
  expect(confirm([...services(30), secret], 100, { named: [secret.key] })).toEqual(typed);
  expect(confirm([secret], 100)).toEqual({ level: 1 });
  expect(confirm([gone("Namespace", "x", "example.com")], 100)).toEqual({ level: 1 });
});
