import { expect, test } from "vitest";
import { ApiError } from "../../client/api-error.ts";
import type { Client } from "../../client/client.ts";
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
