import { expect, test } from "vitest";
import type { Evidence } from "../../../contract/runs.ts";
import { createEvidence, logEntries } from "./evidence.ts";
import { failedContainers } from "./failed-containers.ts";
import { createMask } from "./mask.ts";

const now = () => new Date("2026-01-01T00:00:00.000Z");
const nothing = { rows: 0, bytes: 0 };
const state = (status: string, message = ""): Evidence => ({
  kind: "state",
  node_id: "web",
  status,
  message,
});
const request = (body: unknown): Evidence => ({
  ...{ kind: "request", method: "PATCH", path: "/api/v1/pods/a", status: 200, ms: 1, body },
});
const failure: Evidence = {
  ...{ kind: "event", node_id: "web", object: "Pod/web-1", type: "Warning", reason: "Failed", message: "No" },
  count: 1,
};

test("a record of many rows ends with one that says so, after room was kept for what failed", () => {
  const notes = createEvidence(nothing, createMask(), now);
  for (let index = 0; index < 3_000; index += 1) notes.note(state("applied", `${index}`));
  const usual = notes.take();
  expect(usual).toHaveLength(1_600);
  expect(usual.at(-1)?.entry).toContain("RecordFull");
  for (let index = 0; index < 3_000; index += 1) notes.note(failure);
  const all = [...usual, ...notes.take()];
  expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 2_000 }, (_, index) => index + 1));
  expect(all.at(-2)?.entry).toContain("Pod/web-1");
  expect(all.at(-1)?.entry).toContain("The record is full");
});

test("a record of much text stays below a mebibyte, and what was kept before counts", () => {
  const notes = createEvidence({ rows: 9, bytes: 500_000 }, createMask(), now);
  for (let index = 0; index < 1_500; index += 1) notes.note(request("x".repeat(2_000)));
  for (let index = 0; index < 300; index += 1) notes.note({ ...failure, message: "ä".repeat(1_500) });
  const rows = notes.take();
  expect(rows[0]?.seq).toBe(10);
  const bytes = rows.reduce((sum, { entry }) => sum + Buffer.byteLength(entry), 500_000);
  expect(bytes).toBeLessThanOrEqual(1_048_576);
  expect(bytes).toBeGreaterThan(1_000_000);
  expect(rows.filter(({ entry }) => entry.includes("RecordFull"))).toHaveLength(2);
});

test("one entry is cut to four kibibytes, and says still what it was about", () => {
  const notes = createEvidence(nothing, createMask(), now);
  notes.note(request({ kind: "ConfigMap", data: { text: "🙂".repeat(50_000) } }));
  notes.note(state("failed", '"\u0001'.repeat(9_000)));
  for (const { entry } of notes.take()) expect(Buffer.byteLength(entry)).toBeLessThanOrEqual(4_096);
});

test("log lines are the last hundred, short, whole, and in as many entries as they need", () => {
  const place = { node_id: "web", pod: "web-1", container: "web" };
  const text = Array.from({ length: 500 }, (_, index) => `${index} ${"ä".repeat(400)}`).join("\r\n");
  const entries = logEntries(place, `${text}\n`);
  const lines = entries.flatMap((entry) => (entry.kind === "log" ? entry.lines : []));
  expect(lines).toHaveLength(100);
  expect(lines[0]).toMatch(/^400 ä+…$/);
  expect(lines.every((line) => line.length === 300)).toBe(true);
  for (const entry of entries) expect(Buffer.byteLength(JSON.stringify(entry))).toBeLessThanOrEqual(4_096);
  expect(logEntries(place, "")).toEqual([]);
});

test("W07 values are masked in every form they are usually written in, and nothing joined by is", () => {
  const mask = createMask();
  mask.learn(["web", 'a"b c/d', "first line here\nsecond line here", 'a"b c/d and more']);
  const forms = ['a"b c/d', 'a\\"b c/d', "a%22b%20c%2Fd", Buffer.from('a"b c/d').toString("base64")];
  for (const form of forms) expect(mask.text(`<${form}>`)).toBe("<••••>");
  expect(mask.text('a"b c/d and more')).toBe("••••");
  expect(mask.text("second line here of web")).toBe("•••• of web");

  mask.learn(["state"]);
  const notes = createEvidence(nothing, mask, now);
  notes.note({ kind: "state", node_id: "state", status: "failed", message: "state of things" });
  const [row] = notes.take();
  expect(row).toMatchObject({ kind: "state", node_id: "state" });
  expect(JSON.parse(row?.entry ?? "")).toMatchObject({ kind: "state", message: "•••• of things" });
});

test("of six containers that do not work the logs are read, of those that never ran none", () => {
  const pod = (name: string, ...containerStatuses: object[]) => ({
    ...{
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace: "shop" },
      status: { containerStatuses },
    },
  });
  const ended = { terminated: { exitCode: 1 } };
  const crashing = { name: "a", restartCount: 2, state: { waiting: {} }, lastState: ended };
  const restarted = { name: "b", restartCount: 3, state: { running: {} }, lastState: ended };
  const fine = { name: "c", ready: true, restartCount: 0, state: { running: {} } };
  const done = { name: "d", restartCount: 0, state: { terminated: { exitCode: 0 } } };
  const unpulled = { name: "e", restartCount: 0, state: { waiting: { reason: "ImagePullBackOff" } } };
  const place = { namespace: "shop", pod: "one" };
  expect(failedContainers([pod("one", crashing, restarted, fine, done, unpulled)])).toEqual([
    { ...place, container: "b", previous: true },
    { ...place, container: "b", previous: false },
    { ...place, container: "a", previous: true },
  ]);
  const many = Array.from({ length: 20 }, (_, index) => pod(`p${index}`, crashing));
  expect(failedContainers(many)).toHaveLength(6);
});
