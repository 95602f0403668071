import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { answerJson } from "../support/hostile-server.ts";
import { answerPod, logCluster, stampedLines, stampOf } from "../support/log-cluster.ts";

interface Event {
  id: string | undefined;
  name: string;
  data: string;
}

/** Frames as an event source reads them: by any line end. */
function eventsIn(text: string): Event[] {
  return text.split(/\n\n/).flatMap((frame) => {
    const fields = frame
      .split(/\r\n|\r|\n/)
      .map((line) => [line.split(":", 1)[0], line.replace(/^[^:]*: ?/, "")]);
    const data = fields.flatMap(([name, value]) => (name === "data" ? [value ?? ""] : []));
    const one = new Map(fields as [string, string][]);
    return data.length > 0
      ? [{ id: one.get("id"), name: one.get("event") ?? "", data: data.join("\n") }]
      : [];
  });
}

function refuse(response: ServerResponse, message: string): void {
  answerJson(response, 400, { kind: "Status", apiVersion: "v1", status: "Failure", message, code: 400 });
}

type Cluster = Awaited<ReturnType<typeof logCluster>>;

function signal(): AbortSignal {
  const end = new AbortController();
  onTestFinished(() => end.abort());
  return end.signal;
}

/** Everything that is told, up to the end. */
async function all({ open }: Cluster, over: Parameters<Cluster["open"]>[1] = {}): Promise<Event[]> {
  let text = "";
  for await (const part of await open(signal(), { isOnce: true, ...over }))
    text += Buffer.from(part).toString();
  return eventsIn(text);
}

/** Reads on in the background. */
async function listen({ open }: Cluster, over: Parameters<Cluster["open"]>[1] = {}) {
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const told = { text: "" };
  const parts = await open(end.signal, over);
  const reading = (async () => {
    for await (const part of parts) told.text += Buffer.from(part).toString();
  })().catch(() => undefined);
  const texts = () =>
    eventsIn(told.text).flatMap(({ name, data }) =>
      name === "log" ? [JSON.parse(data).text as string] : [],
    );
  return { events: () => eventsIn(told.text), texts, leave: () => end.abort(), reading };
}

const numbered = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `line ${from + index}`);

const hostile = [
  "plain",
  "",
  "carriage\rreturn",
  "windows\r",
  "\rid: 7\revent: end\rdata: forged",
  "event: end",
  ": a comment",
  "nul \u0000 bell \u0007 escape \u001b[31m \u001b]52;c;aGk=\u0007",
  "next\u0085line\u2028separator",
  '<script>alert(1)</script> "quoted" \\ and \u{1f600}',
];

test("R06 each line is one frame, whatever it holds, and is told as it was written", async () => {
  const bytes = Buffer.from(hostile.map((text, index) => `${stampOf(index)} ${text}\n`).join(""));
  const cluster = await logCluster((response) => {
    response.writeHead(200);
    // In pieces of three bytes, which cut characters and stamps alike.
    for (let from = 0; from < bytes.length; from += 3) response.write(bytes.subarray(from, from + 3));
    response.end();
  });
  const json = await all(cluster);
  expect(json.map(({ name }) => name)).toEqual([...hostile.map(() => "log"), "complete"]);
  expect(json.slice(0, -1).map(({ data }) => JSON.parse(data).text)).toEqual(hostile);
  const bare = await all(cluster, { form: { format: "text", isNamed: false } });
  expect(bare.map(({ name }) => name)).toEqual([...hostile.map(() => "log"), "complete"]);
  const inWords = hostile.map((text, index) => `${stampOf(index)} ${text.replaceAll("\r", "\n")}`);
  expect(bare.slice(0, -1).map(({ data }) => data)).toEqual(inWords);
});

test("R06 bytes that are no text are replaced as the standard says, and long lines are cut with a mark", async () => {
  const broken = Buffer.from([0x61, 0xff, 0xc3, 0x28, 0xe2, 0x82, 0xf0, 0x9f, 0x98]);
  const long = "é".repeat(1_000_000);
  const cluster = await logCluster((response) => {
    response.write(Buffer.concat([Buffer.from(`${stampOf(0)} `), broken, Buffer.from("\n")]));
    response.write(`${stampOf(1)} ${long}\n${stampOf(2)} after\n`);
    response.end();
  });
  const [first, second, third] = (await all(cluster)).map(({ data }) => JSON.parse(data).text as string);
  expect(first).toBe(new TextDecoder().decode(broken));
  expect(second).toBe(`${"é".repeat(32_768)} … (cut after 64 KiB)`);
  expect(third).toBe("after");
});

test("what a workflow keeps secret is masked, in the past and in what follows", async () => {
  const cluster = await logCluster((response, query) => {
    const isFollowed = query.has("follow");
    response.write(stampedLines(isFollowed ? 3 : 0, 3, (number) => `${number} password=hunter2hunter2!`));
    if (!isFollowed) response.end();
  });
  cluster.secrets.PASSWORD = "hunter2hunter2";
  const { texts } = await listen(cluster);
  await eventually(() => texts().length === 6);
  expect(texts()).toEqual([0, 1, 2, 3, 4, 5].map((number) => `${number} password=••••!`));
});

test("F27 however many watch a container, it is followed once; each is told all of it", async () => {
  let write = (_: string): void => undefined;
  const cluster = await logCluster((response, query) => {
    if (!query.has("follow")) return void response.end(stampedLines(0, 10));
    response.writeHead(200).flushHeaders();
    write = (text) => void response.write(text);
  });
  const readers = await Promise.all(Array.from({ length: 20 }, () => listen(cluster)));
  await eventually(() => cluster.asked.some((query) => query.has("follow")));
  write(stampedLines(10, 500));
  await eventually(() => readers.every(({ texts }) => texts().length === 510));
  const late = await listen(cluster);
  write(stampedLines(510, 10));
  await eventually(() => late.texts().length === 20);
  for (const { texts } of readers) expect(texts().slice(0, 510)).toEqual(numbered(0, 510));
  expect(cluster.asked.filter((query) => query.has("follow"))).toHaveLength(1);
});

test("a connection that is cut is opened where it was, without a line doubled or lost", async () => {
  const everything = stampedLines(0, 4_000);
  const cluster = await logCluster((response, query, time) => {
    const since = query.get("sinceTime");
    const from = since ? Date.parse(since) - Date.UTC(2026, 0, 1) : 0;
    if (!query.has("follow")) return void response.end(stampedLines(0, 20));
    response.writeHead(200);
    // Each time it gets further, is cut in the middle of a line, and at last goes on.
    const rest = stampedLines(from, Math.min(4_000, 20 + time * 700) - from);
    const isLast = 20 + time * 700 >= 4_000;
    response.write(isLast ? rest : rest.slice(0, -9), () => isLast || response.destroy());
  });
  const { texts, events } = await listen(cluster);
  await eventually(() => texts().length >= 4_000, 20_000);
  expect(texts()).toEqual(
    everything
      .trimEnd()
      .split("\n")
      .map((line) => line.slice(31)),
  );
  expect(events().filter(({ name }) => name !== "log")).toEqual([]);
});

test("lines that the cluster has thrown away meanwhile are told as a gap", async () => {
  const cluster = await logCluster((response, query) => {
    if (query.has("previous")) return refuse(response, "previous terminated container not found");
    if (!query.has("follow")) return void response.end(stampedLines(0, 20));
    response.write(stampedLines(5_000, 5));
  });
  const { texts, events } = await listen(cluster);
  await eventually(() => texts().length === 25);
  expect(
    events()
      .map(({ name }) => name)
      .indexOf("gap"),
  ).toBe(20);
  expect(texts()).toEqual([...numbered(0, 20), ...numbered(5_000, 5)]);
});

test.each([
  { how: "at its end", gaps: 0, end: (response: ServerResponse) => void response.end() },
  { how: "in the midst of it", gaps: 1, end: (response: ServerResponse) => void response.destroy() },
])("a pod that goes after its log was left $how is told with $gaps gaps", async ({ gaps, end }) => {
  const cluster = await logCluster((response, query) => {
    if (!query.has("follow")) return void response.end(stampedLines(0, 20));
    // The cluster says of the pod that it runs, until its log is asked for once more.
    if (query.has("sinceTime") && follows++ > 0) {
      cluster.removePod();
      return answerPod(response);
    }
    response.write(stampedLines(19, 6), () => end(response));
  });
  let follows = 0;
  const { texts, events, reading } = await listen(cluster);
  await reading;
  expect(texts()).toEqual(numbered(0, 25));
  expect(events().filter(({ name }) => name === "gap")).toHaveLength(gaps);
});

test.each([
  { how: "at its end", errors: 0, end: (response: ServerResponse) => void response.end() },
  { how: "in the midst of it", errors: 1, end: (response: ServerResponse) => void response.destroy() },
])(
  "a log that was left $how and cannot be read any more is told with $errors errors",
  async ({ errors, end }) => {
    const cluster = await logCluster((response, query) => {
      if (!query.has("follow")) return void response.end(stampedLines(0, 20));
      follows++;
      if (follows > 1) return refuse(response, "unable to retrieve container logs for containerd://1");
      response.write(stampedLines(19, 6), () => end(response));
    });
    let follows = 0;
    const { texts, events } = await listen(cluster);
    await eventually(() => follows > 3);
    expect(texts()).toEqual(numbered(0, 25));
    expect(events().filter(({ name }) => name === "error")).toHaveLength(errors);
  },
);

test("R05 a reader that stops is told exactly how many lines it missed; the others miss none", async () => {
  let write = (_: string): Promise<void> => Promise.resolve();
  const cluster = await logCluster((response, query) => {
    if (!query.has("follow")) return void response.end(stampedLines(0, 1));
    response.writeHead(200).flushHeaders();
    write = (text) => new Promise((resolve) => response.write(text, () => resolve()));
  });
  const fast = await listen(cluster);
  const end = signal();
  const slow = (await cluster.open(end))[Symbol.asyncIterator]();
  const first = Buffer.from((await slow.next()).value ?? "").toString();
  const waiting = slow.next();
  await eventually(() => cluster.asked.some((query) => query.has("follow")));
  const lines = 40_000;
  for (let from = 1; from < lines; from += 1_000) {
    await write(stampedLines(from, Math.min(1_000, lines - from)));
    await sleep(1);
  }
  await eventually(() => fast.texts().length === lines, 20_000);
  let text = first + Buffer.from((await waiting).value ?? "").toString();
  while (!text.includes(`"line ${lines - 1}"`))
    text += Buffer.from((await slow.next()).value ?? "").toString();
  const told = eventsIn(text);
  const gaps = told.flatMap(({ name, data }) => (name === "gap" ? [JSON.parse(data).lines as number] : []));
  const heard = told.filter(({ name }) => name === "log").length;
  expect(gaps).toHaveLength(1);
  expect(heard + (gaps[0] ?? 0)).toBe(lines);
  expect(text.length).toBeLessThan(2_000_000);
  expect(fast.texts()).toEqual(numbered(0, lines));
});

test("F10 a pod without a log yet, or none any more, is told with its reason, and then the stream ends", async () => {
  const message = 'container "main" in pod "one" is waiting to start: ContainerCreating';
  const refusing = await logCluster((response) => refuse(response, message));
  expect(await all(refusing)).toMatchObject([{ name: "error" }, { name: "complete" }]);
  const [error] = await all(refusing);
  expect(JSON.parse(error?.data ?? "")).toMatchObject({
    pod: "one",
    container: "main",
    reason: expect.stringContaining("waiting to start"),
  });
  const resetting = await logCluster((response) => response.destroy());
  expect((await all(resetting)).map(({ name }) => name)).toEqual(["error", "complete"]);
  const pulling = {
    containerStatuses: [{ name: "main", state: { waiting: { reason: "ImagePullBackOff" } } }],
  };
  const stuck = await logCluster((response) => response.destroy(), { phase: "Pending", ...pulling });
  const [why] = await all(stuck);
  expect(JSON.parse(why?.data ?? "").reason).toContain("ImagePullBackOff");
  const { events } = await listen(stuck);
  await eventually(() =>
    events().some(({ name, data }) => name === "error" && data.includes("ImagePullBackOff")),
  );
});

test("the log of a pod that is over is told to its end, and the stream with it", async () => {
  const ended = [{ name: "main", state: { terminated: { exitCode: 0 } }, restartCount: 0 }];
  const cluster = await logCluster((response) => response.end(stampedLines(0, 20)), {
    phase: "Succeeded",
    containerStatuses: ended,
  });
  const { texts, events, reading } = await listen(cluster);
  await reading;
  expect(texts()).toEqual(numbered(0, 20));
  expect(events().at(-1)?.name).toBe("complete");
});

test("R12 a position that nobody gave out is answered with a gap and what there is", async () => {
  const cluster = await logCluster((response) => response.end(stampedLines(0, 3)));
  const events = await all(cluster, { lastId: "nonsense" });
  expect(events.map(({ name }) => name)).toEqual(["gap", "log", "log", "log", "complete"]);
  const [, , , last] = events;
  const again = await all(cluster, { lastId: last?.id });
  expect(again.map(({ name }) => name)).toEqual(["complete"]);
});
