import { expect, test } from "vitest";
import {
  confirming,
  deployWords,
  ladderOf,
  mayBeNamed,
  missingFor,
  nothingConfirmed,
} from "./confirm-ladder.ts";
import { planned, planOf, shop } from "./fixtures.ts";
import { planOverlay } from "./plan-overlay.ts";
import { isChange, markOf, movedSince, planRows } from "./plan-rows.ts";
import { changesIn, countsText, sayRestart, sayRestarts } from "./plan-words.ts";

const workflow = { name: "checkout", nodes: shop.nodes };
const none: ReadonlySet<string> = new Set();
const claim = planned("PersistentVolumeClaim", "data", { action: "delete", policy: "delete" });
const service = (name: string) => planned("Service", name, { action: "delete", policy: "delete" });
const others = Array.from({ length: 100 }, (_, index) => planned("ConfigMap", `c${index}`));
const big = (removed: ReturnType<typeof service>[]) =>
  planOf({
    nodes: [{ node_id: "s", action: "none", waits_for: [], needs_values: [], objects: others }],
    removed,
  });

test("rows come in the order of deploying, with names and what each waits for, and what goes comes last", () => {
  const rows = planRows(planOf({ removed: [claim] }), shop);
  expect(rows.map(({ name, place }) => [name, place])).toEqual([
    ["migrate", 1],
    ["api", 2],
    ["door", 3],
    ["data", undefined],
  ]);
  expect(rows[1]).toMatchObject({ kind: "deployment", action: "update", waits: ["migrate to complete"] });
  expect(rows[0]?.isReplaced).toBe(true);
  expect(rows.filter(isChange).map(({ name }) => name)).toEqual(["migrate", "api", "data"]);
});

test("a card says by name what its node waits for", () => {
  const { nodes } = planOverlay(planOf(), { design: shop, deployed: undefined });
  expect(nodes.get("a")).toMatchObject({ word: "Update", message: "waits for migrate to complete" });
});

test("a row that lacks a value or has a field of somebody else's is one to look at", () => {
  const object = planned("Service", "door", {
    fields: [{ path: "/spec/type", contested: true, owner: { manager: "kubectl" } }],
  });
  const node = { node_id: "s", action: "none" as const, waits_for: [], needs_values: [], objects: [object] };
  const [contested] = planRows(planOf({ nodes: [node] }), shop);
  expect(contested?.contested[0]?.field.owner?.manager).toBe("kubectl");
  const [needy] = planRows(planOf({ nodes: [{ ...node, needs_values: ["KEY"], objects: [] }] }), shop);
  expect([contested, needy].map((row) => row && isChange(row))).toEqual([true, true]);
});

test("restarts and warnings stand with their node", () => {
  const [, api] = planRows(
    planOf({
      restarts: [{ node_id: "a", pods: 3, how: "rolling" }],
      warnings: [{ code: "c", message: "not pinned", node_id: "a" }],
    }),
    shop,
  );
  expect(api?.restart).toBe("3 pods restart, in turn");
  expect(api?.warnings).toHaveLength(1);
});

test("counts and restarts are said in words", () => {
  expect(countsText(planOf({ removed: [claim] }))).toBe("2 update, 1 delete, 1 unchanged");
  expect(countsText({ counts: { create: 0, update: 0, delete: 0, keep: 0, none: 0 } })).toBe("nothing to do");
  expect(changesIn(planOf({ removed: [claim] }))).toBe(3);
  expect(sayRestart({ pods: 1, how: "recreate" })).toBe("1 pod restarts, all at once, with a break");
  const nameOf = (id: string) => id;
  expect(sayRestarts([{ node_id: "a", pods: 3, how: "rolling" }], nameOf)).toBe(
    "about 3 pods of a restart, in turn",
  );
  const two = [
    { node_id: "a", pods: 3, how: "rolling" as const },
    { node_id: "m", pods: 1, how: "anew" as const },
  ];
  expect(sayRestarts(two, nameOf)).toBe("about 4 pods of 2 nodes restart");
  expect(sayRestarts([{ node_id: "a", pods: 2, how: "on-delete" }], nameOf)).toBeUndefined();
});

test("what has moved between two plans is known by object and field", () => {
  const before = planOf();
  const after = planOf();
  const image = after.nodes[1]?.objects[0]?.fields[0];
  if (image) image.from = "api:1.1";
  const key = "apps/Deployment/shop/api";
  expect([...movedSince(before, after)]).toEqual([markOf(key, "/spec/template/spec/containers/0/image")]);
  expect([...movedSince(before, planOf())]).toEqual([]);
  const without = planOf();
  without.nodes[1]?.objects[0]?.fields.splice(0);
  expect([...movedSince(before, without)]).toEqual([key]);
});

test("level 0: creates and plain updates need one press, and a job that runs again is one", () => {
  const plan = planOf({ restarts: [{ node_id: "m", pods: 1, how: "anew" }] });
  const ladder = ladderOf(plan, { workflow, named: none });
  expect(ladder).toMatchObject({ level: 0, breaks: [], deletes: [], typed: undefined });
  expect(missingFor(ladder, nothingConfirmed)).toBeUndefined();
  expect(deployWords(ladder, 2, "deploy")).toBe("Deploy 2 changes");
});

test("level 1: a break is agreed to, by the names of those that are away", () => {
  const plan = planOf({ restarts: [{ node_id: "a", pods: 1, how: "recreate" }] });
  const ladder = ladderOf(plan, { workflow, named: none });
  expect(ladder).toMatchObject({ level: 1, breaks: ["api"] });
  expect(missingFor(ladder, nothingConfirmed)).toBe("Agree to the break first");
  expect(missingFor(ladder, confirming(nothingConfirmed, { kind: "agree", agreed: true }))).toBeUndefined();
});

test("level 2: deletions are in the button's words", () => {
  const ladder = ladderOf(big([service("a"), service("b")]), { workflow, named: none });
  expect(ladder).toMatchObject({ level: 2, typed: undefined });
  expect(missingFor(ladder, nothingConfirmed)).toBeUndefined();
  expect(deployWords(ladder, 2, "deploy")).toBe("Deploy and delete 2 objects");
});

test("level 3: each claim that goes is typed by its name, and a plan made again forgets it", () => {
  const ladder = ladderOf(big([claim, service("b")]), { workflow, named: none });
  expect(ladder).toMatchObject({ level: 3, precious: [claim] });
  const wrong = confirming(nothingConfirmed, { kind: "name", key: claim.key, text: "dat" });
  expect(missingFor(ladder, wrong)).toBe("Type data to delete it, or keep it");
  const right = confirming(wrong, { kind: "name", key: claim.key, text: "data" });
  expect(missingFor(ladder, right)).toBeUndefined();
  expect(missingFor(ladder, confirming(right, { kind: "forget" }))).toBeDefined();
});

test("a Secret that was named goes only by its name; one without values like anything else", () => {
  const secret = planned("Secret", "keys", { action: "delete", policy: "delete" });
  expect(ladderOf(big([secret]), { workflow, named: none }).level).toBe(2);
  expect(ladderOf(big([secret]), { workflow, named: new Set([secret.key]) }).level).toBe(3);
  const kept = { ...secret, policy: "keep" as const, reason: "Secrets with values are kept unless named" };
  expect(mayBeNamed(kept, none)).toBe(true);
  expect(mayBeNamed({ ...kept, reason: "Another workflow has it" }, none)).toBe(false);
});

test("over 20 deletions, or over 30 % of what there is, ask for the workflow's name", () => {
  const many = Array.from({ length: 21 }, (_, index) => service(`s${index}`));
  const ladder = ladderOf(big(many), { workflow, named: none });
  expect(ladder.typed).toBe("checkout");
  expect(missingFor(ladder, nothingConfirmed)).toBe("Type checkout to delete 21 objects");
  const typed = confirming(nothingConfirmed, { kind: "workflow", text: "checkout" });
  expect(missingFor(ladder, typed)).toBeUndefined();
  expect(ladderOf(big(many.slice(1)), { workflow, named: none }).typed).toBeUndefined();
  expect(ladderOf(planOf({ removed: [service("a"), service("b")] }), { workflow, named: none }).typed).toBe(
    "checkout",
  );
});
