import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Autosave, type SaveState, type Sent, type Stored } from "./autosave.ts";
import { nodeOf } from "./fixtures.ts";
import { type Drawing, graphOf } from "./graph.ts";
import { createGraphStore } from "./graph-store.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const drawing = (image: string, more: object = {}): Drawing => ({
  nodes: [nodeOf("api", "deployment", { name: "api", image, ...more })],
  edges: [],
});

function story(answers: ((drawing: Drawing, revision: number) => Sent | Promise<Sent>)[] = []) {
  const stored: Stored = { revision: 1, drawing: drawing("a:1") };
  const graph = createGraphStore({ workflowId: "w", graph: graphOf(stored.drawing) });
  const sent: [unknown, number][] = [];
  const states: SaveState[] = [];
  const kept: unknown[] = [];
  let canKeep = true;
  const merges: number[] = [];
  const saving = new Autosave(
    {
      graph,
      send: async (given, revision) => {
        sent.push([given.nodes[0]?.data.image, revision]);
        return (answers.shift() ?? (() => ({ kind: "saved" as const, revision: revision + 1 })))(
          given,
          revision,
        );
      },
      keep: async (_, now) => {
        if (!canKeep) throw new Error("No room");
        kept.push(now.nodes.get("api")?.data.image);
      },
      tell: (state) => states.push(state),
      onMerged: (count) => merges.push(count),
    },
    stored,
  );
  const type = (image: string) =>
    graph.editNode("api", (data) => ({ ...data, image }), { label: "type", squash: "image" });
  return {
    graph,
    saving,
    sent,
    states,
    kept,
    merges,
    type,
    forget: () => {
      canKeep = false;
    },
  };
}

test("a change is kept on the device after 250 ms and sent 800 ms after the last", async () => {
  const { type, sent, kept, states, saving } = story();
  type("a:2");
  await vi.advanceTimersByTimeAsync(250);
  expect([kept, sent]).toEqual([["a:2"], []]);
  type("a:3");
  await vi.advanceTimersByTimeAsync(799);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent).toEqual([["a:3", 1]]);
  expect(states.map(({ kind }) => kind)).toEqual(["waiting", "waiting", "saving", "saved"]);
  expect(saving.revision).toBe(2);
});

test("somebody who types without a pause is saved every five seconds", async () => {
  const { type, sent } = story();
  for (let turn = 0; turn < 24; turn += 1) {
    type(`a:${turn + 10}`);
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(sent.length).toBe(2);
});

test("what is taken back before it is sent, and what is selected, is no change", async () => {
  const { type, graph, sent, states } = story();
  type("a:2");
  graph.undo();
  graph.select(["api"]);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(sent).toEqual([]);
  expect(states.at(-1)?.kind).toBe("saved");
});

test("one request is under way at a time, and what came meanwhile follows on the new revision", async () => {
  const slow = () =>
    new Promise<Sent>((done) => setTimeout(() => done({ kind: "saved", revision: 2 }), 3_000));
  const { type, sent } = story([slow]);
  type("a:2");
  await vi.advanceTimersByTimeAsync(900);
  type("a:3");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent).toEqual([["a:2", 1]]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent).toEqual([
    ["a:2", 1],
    ["a:3", 2],
  ]);
});

test("without a connection it is said, kept, and sent once when there is one again", async () => {
  const { type, sent, states, kept } = story([() => ({ kind: "offline" })]);
  type("a:2");
  await vi.advanceTimersByTimeAsync(1_000);
  expect([states.at(-1), kept]).toEqual([{ kind: "offline" }, ["a:2"]]);
  await vi.advanceTimersByTimeAsync(4_000);
  expect([sent.length, states.at(-1)?.kind]).toEqual([2, "saved"]);
});

test("a refusal is told in its words, and the next change tries again", async () => {
  const { type, states, sent } = story([
    () => ({ kind: "refused", reason: "A node is larger than 256 KiB" }),
  ]);
  type("a:2");
  await vi.advanceTimersByTimeAsync(9_000);
  expect([states.at(-1), sent.length]).toEqual([
    { kind: "failed", reason: "A node is larger than 256 KiB" },
    1,
  ]);
  type("a:3");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(states.at(-1)?.kind).toBe("saved");
});

test("others' changes of other fields join by themselves, as one step that can be taken back", async () => {
  const current = { revision: 5, drawing: drawing("a:1", { replicas: 3 }) };
  const { type, graph, sent, merges } = story([() => ({ kind: "stale", current })]);
  type("a:2");
  await vi.advanceTimersByTimeAsync(3_000);
  expect(sent).toEqual([
    ["a:2", 1],
    ["a:2", 5],
  ]);
  expect(graph.getState().graph.nodes.get("api")?.data).toEqual({ name: "api", image: "a:2", replicas: 3 });
  expect([merges, graph.undo()?.label]).toEqual([[1], "take in the changes of others"]);
});

test("the same field is asked, nothing is sent meanwhile, and the choice is saved", async () => {
  const current = { revision: 5, drawing: drawing("a:9") };
  const { type, states, sent, saving, graph } = story([() => ({ kind: "stale", current })]);
  type("a:2");
  await vi.advanceTimersByTimeAsync(2_000);
  const state = states.at(-1);
  const conflicts = state?.kind === "conflict" ? state.conflicts : [];
  expect(conflicts).toMatchObject([{ path: "/data/image", mine: "a:2", theirs: "a:9" }]);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(sent.length).toBe(1);
  saving.resolve(new Map(conflicts.map(({ key }) => [key, "theirs" as const])));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(graph.getState().graph.nodes.get("api")?.data.image).toBe("a:9");
  expect([sent.length, states.at(-1)?.kind]).toEqual([1, "saved"]);
});

test("leaving would lose only what neither the device nor the server has", async () => {
  const { type, saving, forget } = story([() => ({ kind: "offline" })]);
  forget();
  expect(saving.wouldLose).toBe(false);
  type("a:2");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(saving.wouldLose).toBe(true);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(saving.wouldLose).toBe(false);
});
