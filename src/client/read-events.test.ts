import { expect, test } from "vitest";
import { readEvents } from "./read-events.ts";

/** All that is read of these bytes, given in pieces of any size. */
async function read(text: string, pieceBytes: number): Promise<unknown[]> {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += pieceBytes)
        controller.enqueue(bytes.slice(at, at + pieceBytes));
      controller.close();
    },
  });
  return all(readEvents(new Response(body)));
}

async function all<T>(given: AsyncIterable<T>): Promise<T[]> {
  const taken: T[] = [];
  for await (const each of given) taken.push(each);
  return taken;
}

const lines = [
  "id: 7",
  "event: news",
  'data: {"text":',
  'data: "größer 🪐"}',
  "",
  ": still here",
  "",
  "data: 1",
  "",
  "data: 2",
];
const events = [
  { id: "7", name: "news", data: { text: "größer 🪐" } },
  { id: undefined, name: "message", data: 1 },
];

test.each(["\n", "\r\n", "\r"])(
  "events are read however lines end (%j) and wherever they are cut",
  async (end) => {
    for (const pieceBytes of [1, 2, 3, 5, 1_000])
      expect(await read(lines.join(end), pieceBytes)).toEqual(events);
  },
);

test("a line that falls silent is taken for dead", async () => {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode("data: 1\n\n")),
  });
  expect(await all(readEvents(new Response(body), 20))).toHaveLength(1);
});
