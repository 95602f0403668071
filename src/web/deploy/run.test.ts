import { expect, test } from "vitest";
import { causeOf } from "./failure-words.ts";
import { planned, planOf, recordOf, seen, shop } from "./fixtures.ts";
import { filtered, logFile, marked } from "./run-log.ts";
import { readyText } from "./run-said.ts";
import { hasHole, isGoingBack, lacksNodes, linesOf, nodesOf, nothingHeard, progressOf } from "./run-view.ts";
import { clock, leftWord, liveVersionOf, outcomeWord, span, verdictOf } from "./run-words.ts";
import { barText, elapsedOf, timelineOf } from "./timeline.ts";

const node = (node_id: string, state: string, more: object = {}) =>
  ({ node_id, state, log_tail: [], events: [], ...more }) as ReturnType<typeof recordOf>["nodes"][number];
const line = (seq: number, text: string, node_id?: string) => ({
  seq,
  at: "2026-01-01T00:00:01.000Z",
  level: "info" as const,
  ...(node_id && { node_id }),
  text,
});
const pull =
  'Pod api-1: container api: Back-off pulling image "acme/api:2.4.9": docker.io/acme/api:2.4.9: not found';

test("what failed comes first, the first failure above all, and each says in words where it is", () => {
  const record = recordOf({
    nodes: [
      node("s", "completed"),
      node("a", "failed", { reason: "ImagePullBackOff", message: pull }),
      node("m", "failed", { message: "gone" }),
    ],
    evidence: [
      seen({ kind: "state", node_id: "a", status: "failed" }, "2026-01-01T00:00:02Z"),
      seen({ kind: "state", node_id: "m", status: "failed" }, "2026-01-01T00:00:03Z"),
    ],
  });
  const views = nodesOf(record, shop, nothingHeard);
  expect(views.map(({ name, isRoot }) => [name, isRoot])).toEqual([
    ["api", true],
    ["migrate", false],
    ["door", false],
  ]);
  expect(views[0]?.detail).toBe("The registry has no tag 2.4.9 of acme/api.");
});

test("what is heard live is newer than the record", () => {
  const record = recordOf({
    nodes: [node("a", "waiting", { waiting_for: "Waiting for “migrate” to complete" })],
  });
  expect(nodesOf(record, shop, nothingHeard)[0]).toMatchObject({
    state: "waiting",
    detail: "for migrate to complete",
  });
  const nodes = new Map([
    ["a", { state: "applied", message: "1 of 3 pods updated", at: "2026-01-01T00:00:02Z" }],
  ]);
  const views = nodesOf(record, shop, { ...nothingHeard, nodes });
  expect(views[0]).toMatchObject({ state: "applied", detail: "1 of 3" });
});

test("once a run has ended its record says it all, also what was not heard", () => {
  const record = recordOf({ status: "failed", nodes: [node("a", "failed", { message: "gone" })] });
  const nodes = new Map([["a", { state: "applied", message: "0 of 1", at: "2026-01-01T00:00:02Z" }]]);
  expect(nodesOf(record, shop, { ...nothingHeard, nodes })[0]).toMatchObject({ state: "failed" });
  expect(progressOf(record, { ...nothingHeard, nodes }).done).toBe(0);
});

test("a run that turns round puts back node by node, and says what became of each", () => {
  const nodes = [node("m", "completed"), node("a", "failed"), node("s", "completed")];
  const log = [
    line(1, "Deploying"),
    line(2, "Taking back what was written, because late"),
    line(3, "Restored apps/Deployment/shop/api", "a"),
  ];
  const record = recordOf({ nodes, log });
  const of = (id: string, all: ReturnType<typeof nodesOf>) => all.find(({ node_id }) => node_id === id)?.back;
  const going = nodesOf(record, shop, nothingHeard);
  expect([of("a", going), of("m", going), of("s", going)]).toEqual(["restored", "doing", undefined]);
  expect(isGoingBack(record, linesOf(record, nothingHeard))).toBe(true);
  const ended = recordOf({
    nodes,
    log,
    status: "failed",
    result: [
      { key: "apps/Deployment/shop/api", node_id: "a", state: "restored" },
      { key: "batch/Job/shop/migrate", node_id: "m", state: "new" },
    ],
  });
  const after = nodesOf(ended, shop, nothingHeard);
  expect([of("a", after), of("m", after), of("s", after)]).toEqual(["restored", "new", undefined]);
});

test("nodes that never began are cancelled with the run", () => {
  const record = recordOf({ status: "cancelled", nodes: [node("a", "waiting"), node("m", "completed")] });
  const views = nodesOf(record, shop, nothingHeard);
  expect(views.map(({ state }) => state)).toEqual(["cancelled", "completed"]);
});

test("progress counts what works, and a plan says of how many", () => {
  const record = recordOf({ nodes: [node("m", "completed"), node("a", "warning"), node("s", "applied")] });
  expect(progressOf(record, nothingHeard)).toEqual({ done: 2, total: 3 });
  const state = { status: "running" as const, done: 3, total: 3 };
  expect(progressOf(record, { ...nothingHeard, state })).toMatchObject({ done: 3, total: 3 });
});

test("each line of the log is there once, in order, and a hole is noticed", () => {
  const record = recordOf({ log: [line(1, "a"), line(2, "b")] });
  const lines = linesOf(record, {
    ...nothingHeard,
    lines: new Map([
      [3, line(3, "c")],
      [2, line(2, "b")],
    ]),
  });
  expect(lines.map(({ text }) => text)).toEqual(["a", "b", "c"]);
  expect(hasHole(lines)).toBe(false);
  expect(hasHole([line(1, "a"), line(3, "c")])).toBe(true);
  expect(hasHole([line(2, "b")])).toBe(true);
  expect(hasHole([])).toBe(false);
});

test("the log can be narrowed, searched and taken away", () => {
  const lines = [
    line(1, "Applying api", "a"),
    { ...line(2, "api failed", "a"), level: "error" as const },
    line(3, "x"),
  ];
  expect(filtered(lines, { node: "a" })).toHaveLength(2);
  expect(filtered(lines, { level: "warning" }).map(({ seq }) => seq)).toEqual([2]);
  expect(filtered(lines, { search: " API " })).toHaveLength(2);
  expect(marked("an api, API", "api")).toEqual([
    { text: "an ", isHit: false },
    { text: "api", isHit: true },
    { text: ", ", isHit: false },
    { text: "API", isHit: true },
  ]);
  expect(logFile(lines.slice(0, 1), () => "api")).toBe("2026-01-01T00:00:01.000Z INFO [api] Applying api\n");
});

test("bars show when each node waited, was applied and settled", () => {
  const states = [
    ["a", "waiting", "00:00:00"],
    ["m", "applying", "00:00:00"],
    ["m", "applied", "00:00:01"],
    ["m", "completed", "00:00:04"],
    ["a", "applying", "00:00:04"],
  ] as const;
  const record = recordOf({
    nodes: [node("a", "applying"), node("m", "completed"), node("s", "pending")],
    evidence: states.map(([node_id, status, time]) =>
      seen({ kind: "state", node_id, status }, `2026-01-01T${time}.000Z`),
    ),
  });
  const { bars, startMs } = timelineOf(record, nothingHeard, Date.parse("2026-01-01T00:00:10Z"));
  expect(bars.map(({ node_id }) => node_id)).toEqual(["m", "a", "s"]);
  const [migrate, api, door] = bars;
  if (!migrate || !api || !door) throw new Error("There are three");
  expect([elapsedOf(migrate), elapsedOf(api), elapsedOf(door)]).toEqual([4_000, 6_000, undefined]);
  expect(migrate.end).toBe("completed");
  expect(barText("migrate", migrate, startMs)).toBe(
    "migrate: applying from 0.0 s to 1.0 s, settling from 1.0 s to 4.0 s",
  );
  expect(barText("door", door, startMs)).toBe("door: not begun");
});

test("what is heard live, to the second, never comes before what is known exactly", () => {
  const record = recordOf({
    nodes: [node("m", "applied")],
    evidence: [seen({ kind: "state", node_id: "m", status: "applying" }, "2026-01-01T00:00:01.900Z")],
  });
  const nodes = new Map([["m", { state: "completed", at: "2026-01-01T00:00:01.000Z" }]]);
  const { bars } = timelineOf(record, { ...nothingHeard, nodes }, Date.parse("2026-01-01T00:00:09Z"));
  expect(bars[0]).toEqual({ node_id: "m", stretches: [], end: "completed" });
});

test("the timeline of a run that has ended goes no further than its record", () => {
  const record = recordOf({
    status: "failed",
    completed_at: "2026-01-01T00:00:03Z",
    nodes: [node("m", "failed")],
    evidence: [seen({ kind: "state", node_id: "m", status: "failed" }, "2026-01-01T00:00:02Z")],
  });
  const nodes = new Map([["m", { state: "applied", at: "2026-01-01T00:00:01Z" }]]);
  const { bars } = timelineOf(record, { ...nothingHeard, nodes }, Date.parse("2026-01-01T00:00:09Z"));
  expect(bars[0]?.end).toBe("failed");
});

test("outcomes are said in words, with what is live now and what was kept", () => {
  const ended = (more: object) => ({ ...recordOf(), ...more }) as ReturnType<typeof recordOf>;
  const kept = { key: "/PersistentVolumeClaim/shop/data", state: "kept" as const };
  const left = { key: "/ConfigMap/shop/c", state: "new" as const };
  const say = (more: object, live?: number) => verdictOf(ended(more), live);
  expect(say({})).toBeUndefined();
  expect(say({ status: "completed", outcome: "succeeded" }, 13)?.title).toBe("v13 is live.");
  expect(say({ status: "failed", outcome: "rolled_back", result: [kept, kept] }, 11)).toMatchObject({
    word: "Rolled back",
    title: "Rolled back. Live is v11 again.",
    more: "2 claims were kept.",
  });
  expect(say({ status: "completed", outcome: "succeeded" }, 15)?.title).toBe(
    "v13 was deployed. Live is v15 by now.",
  );
  expect(say({ status: "completed", outcome: "succeeded" })?.title).toBe(
    "v13 was deployed. Nothing is deployed by now.",
  );
  expect(say({ status: "failed", outcome: "rolled_back" }, 15)?.title).toBe(
    "Rolled back. Live is v15 by now.",
  );
  expect(say({ status: "failed", outcome: "rolled_back" })?.title).toBe("Rolled back. Nothing is deployed.");
  expect(say({ status: "failed", outcome: "partial", result: [left] }, 11)?.title).toBe(
    "Partly applied. 1 object stays as the run left it.",
  );
  expect(say({ status: "cancelled", outcome: "rolled_back" }, 11)).toMatchObject({
    word: "Cancelled",
    title: "Cancelled. What it wrote was put back. Live is v11 again.",
  });
  expect(say({ status: "cancelled", outcome: "cancelled" }, 11)?.title).toBe("Cancelled. Live is still v11.");
  expect(say({ status: "failed", outcome: "unknown" })?.word).toBe("Unknown");
  expect(say({ status: "failed" }, 2)?.title).toBe("Failed before anything was written. Live is still v2.");
  expect(say({ status: "failed", outcome: "what is this" })?.word).toBe("Failed");
  expect(outcomeWord({ status: "cancelled", outcome: "rolled_back" })).toBe("cancelled");
  expect(outcomeWord({ status: "running" })).toBe("running");
  expect(outcomeWord({ status: "running", intent: "undeploy" })).toBe("taking_away");
  expect(leftWord("missing")).toBe("Gone from the cluster");
});

test("what a run has just deployed is live, also where the workflow has yet to hear of it", () => {
  const run = { ...recordOf(), status: "completed", outcome: "succeeded" } as ReturnType<typeof recordOf>;
  const [before, after] = ["2025-12-31T00:00:00.000Z", "2026-01-02T00:00:00.000Z"];
  const own = { id: "r", status: "running" };
  expect(liveVersionOf({ deployed_version: 11, last_run_at: before }, run)).toBe(13);
  expect(liveVersionOf({ last_run: own, last_run_at: run.started_at }, run)).toBe(13);
  expect(liveVersionOf({ last_run: own }, { ...run, intent: "undeploy" })).toBeUndefined();
  expect(liveVersionOf({ last_run: { id: "r", status: "completed" } }, run)).toBeUndefined();
  expect(
    liveVersionOf({ last_run: { id: "later", status: "completed" }, last_run_at: after }, run),
  ).toBeUndefined();
  expect(liveVersionOf({ deployed_version: 11, last_run: own }, { ...run, outcome: "rolled_back" })).toBe(11);
});

test("durations read as a clock and as a sentence", () => {
  expect([41_000, 75_400, 3_723_000, -1].map(clock)).toEqual(["0:41", "1:15", "1:02:03", "0:00"]);
  expect([400, 41_000, 120_000, 125_000, 3_780_000].map(span)).toEqual([
    "under 1 s",
    "41 s",
    "2 min",
    "2 min 5 s",
    "1 h 3 min",
  ]);
});

test("failures are said in words, and lead to the setting that they come from", () => {
  expect(causeOf("ImagePullBackOff", pull)).toEqual({
    words: "The registry has no tag 2.4.9 of acme/api.",
    field: "image",
  });
  expect(causeOf("ErrImagePull", 'image "r.invalid/x": no such host').words).toBe(
    "The registry of r.invalid/x cannot be reached.",
  );
  expect(causeOf("ErrImagePull", "denied").words).toBe(
    "The registry does not let the cluster have this image.",
  );
  expect(causeOf("CrashLoopBackOff", "container api ended with exit code 3, restarted once").words).toContain(
    "exit code 3",
  );
  expect(causeOf("OOMKilled").field).toBe("resources");
  expect(causeOf("CreateContainerConfigError", 'configmap "settings" not found').words).toBe(
    "It asks for the ConfigMap settings, which is not there.",
  );
  expect(causeOf("SomethingNew", "first\nsecond").words).toBe("first");
  expect(causeOf(undefined).words).toContain("nothing was said");
});

test("a run that has no plan counts what it applied", () => {
  const { plan, ...rest } = recordOf({
    nodes: [node("a", "completed")],
    log: [line(1, "Taking back what was written, because x")],
  });
  const result = {
    applied_resources: [{ kind: "Deployment", name: "api", operation: "updated" as const, uid: "1" }],
    failed: false,
  };
  const record = { ...rest, node_states: { a: { status: "completed" as const, timestamp: 0, result } } };
  expect(nodesOf(record, shop, nothingHeard)[0]?.back).toBe("doing");
});

test("an object that a node has besides counts for its turning back", () => {
  const plan = planOf();
  plan.nodes[1]?.objects.push(planned("ConfigMap", "extra", { action: "create" }));
  const log = [
    line(1, "Taking back what was written, because x"),
    line(2, "Removed /ConfigMap/shop/extra", "a"),
  ];
  const views = nodesOf(recordOf({ plan, nodes: [node("a", "failed")], log }), shop, nothingHeard);
  expect(views[0]?.back).toBe("doing");
});

test("who has become ready is told once, by name as long as they are few", () => {
  const record = recordOf({ nodes: [node("m", "completed"), node("a", "applied"), node("s", "completed")] });
  const views = nodesOf(record, shop, nothingHeard);
  expect(readyText(new Set(), views, 3)).toBe("Ready: migrate, door, 2 of 3");
  expect(readyText(new Set(["m"]), views, 3)).toBe("Ready: door, 2 of 3");
  expect(readyText(new Set(["m", "s"]), views, 3)).toBe("");
  const many = Array.from({ length: 9 }, () => views).flat();
  expect(readyText(new Set(), many, 27)).toBe("Ready: 18 nodes, 18 of 27");
});

test("a record that names not all nodes that were heard of has to be read again", () => {
  const record = recordOf({ nodes: [node("a", "pending")] });
  const about = (...ids: string[]) => ({
    ...nothingHeard,
    nodes: new Map(ids.map((id) => [id, { state: "applied", at: "2026-01-01T00:00:01Z" }])),
  });
  const state = { status: "running", done: 0, total: 1 } as const;
  expect(lacksNodes(record, { ...about("a"), state })).toBe(false);
  expect(lacksNodes(record, about("a", "b"))).toBe(true);
  expect(lacksNodes(recordOf({ nodes: [] }), nothingHeard)).toBe(false);
  expect(lacksNodes(recordOf({ nodes: [] }), { ...nothingHeard, state })).toBe(true);
});
