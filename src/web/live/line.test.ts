import { expect, test } from "vitest";
import { ApiError } from "../../client/api-error.ts";
import type { Client } from "../../client/client.ts";
import type { LiveEvent } from "./events.ts";
import { createLine } from "./line.ts";

interface Asked {
  topics: string;
  signal: AbortSignal;
  stand(): void;
  refuse(): void;
}

/** A line to a server that answers when the test says so. */
function lineToServer() {
  const asked: Asked[] = [];
  const over = new Set<string>();
  const refused: (readonly string[])[] = [];
  async function* follow(...[, input, signal, hooks]: Parameters<Client["follow"]>) {
    const { topics = "" } = (input as { query: { topics?: string } }).query;
    await new Promise<void>((resolve, reject) => {
      asked.push({
        topics,
        signal,
        stand: () => hooks?.opened?.(),
        refuse: () => [
          over.add(topics),
          reject(new ApiError(404, { error: "No" }, { method: "GET", path: "/" })),
        ],
      });
      signal.addEventListener("abort", () => resolve());
    });
  }
  const line = createLine({
    follow: follow as Client["follow"],
    hear: () => undefined,
    opened: () => undefined,
    broke: () => undefined,
    refused: (_, topics) => refused.push(topics),
    hope: () => () => undefined,
  });
  const open = (topic: string) => {
    void line.open([topic]);
    const last = asked.at(-1);
    if (last?.topics !== topic) throw new Error("Nothing was asked for");
    return last;
  };
  const standing = () =>
    asked.flatMap(({ signal, topics }) => (signal.aborted || over.has(topics) ? [] : [topics]));
  return { line, open, refused, standing };
}

test("a stream about something else takes the place of the one before when it stands, and not earlier", () => {
  const { open, standing } = lineToServer();
  open("a").stand();
  const second = open("b");
  expect(standing()).toEqual(["a", "b"]);
  second.stand();
  expect(standing()).toEqual(["b"]);
});

test("however fast what it is about changes, one stream is left", () => {
  const { open, standing } = lineToServer();
  open("a").stand();
  const [second, third] = [open("b"), open("c")];
  third.stand();
  expect(standing()).toEqual(["c"]);
  second.stand();
  expect(standing()).toEqual(["c"]);
});

test("closed while it changes, none is left", () => {
  const { line, open, standing } = lineToServer();
  open("a").stand();
  open("b");
  line.close();
  expect(standing()).toEqual([]);
  expect(line.isOpen()).toBe(false);
});

test("what is refused leaves the one that stands", async () => {
  const { line, open, refused, standing } = lineToServer();
  open("a").stand();
  open("b").refuse();
  await expect.poll(() => refused).toEqual([["b"]]);
  expect(line.isOpen()).toBe(true);
  open("c").stand();
  expect(standing()).toEqual(["c"]);
});

test("of what is followed only now the page reads anew, unless the stream tells all of it itself", async () => {
  const heard: string[] = [];
  type Said = LiveEvent & { id?: string };
  const said: Said[][] = [];
  async function* follow() {
    for (const event of said.shift() ?? []) yield event;
  }
  const line = createLine({
    follow: follow as Client["follow"],
    hear: (event) => heard.push(event.name === "gap" ? `gap ${event.data.topics.join()}` : event.name),
    opened: () => undefined,
    broke: () => undefined,
    refused: () => undefined,
    hope: () => () => undefined,
  });
  async function told(topics: readonly string[], ...events: Said[]) {
    said.push(events);
    await line.open(topics);
    return heard.splice(0);
  }
  const hello: Said = { name: "hello", data: { time: "", version: "" } };
  const gap: Said = { name: "gap", data: { topics: ["b"] } };
  // With nothing heard before, all of it is told.
  expect(await told(["a"], { ...hello, id: "1" })).toEqual(["hello"]);
  expect(await told(["a"], hello)).toEqual(["hello"]);
  expect(await told(["a", "b"], hello)).toEqual(["gap b", "hello"]);
  expect(await told(["a"], hello)).toEqual(["hello"]);
  expect(await told(["a", "b"], gap, hello)).toEqual(["gap b", "hello"]);
});
