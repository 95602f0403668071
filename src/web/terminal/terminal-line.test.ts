import { expect, test } from "vitest";
import { ApiError } from "../../client/api-error.ts";
import type { Screen } from "../../contract/terminal.ts";
import { createTerminalLine, partsOf, type TerminalState, type WireEvents } from "./terminal-line.ts";

const place = { pod: "web-1", container: "main", shell: "/bin/sh" };

/** A terminal, the wires it has opened, and what it said of itself. */
function prepare(refusals: (Error | undefined)[] = []) {
  const wires: (WireEvents & { sent: string[]; isClosed: boolean })[] = [];
  const states: TerminalState[] = [];
  const shown: string[] = [];
  const waiting: { ms: number; go(): void }[] = [];
  const line = createTerminalLine({
    async connect(events) {
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      const wire = { ...events, sent: [] as string[], isClosed: false };
      wires.push(wire);
      return {
        send: (text) => void wire.sent.push(text),
        close() {
          wire.isClosed = true;
        },
      };
    },
    show: (data) => void shown.push(data),
    tell: (state) => void states.push(state),
    later(ms, go) {
      waiting.push({ ms, go });
      return () => void waiting.splice(0);
    },
  });
  const say = (screen: Screen) => wires.at(-1)?.said(JSON.stringify(screen));
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return { line, wires, states, shown, waiting, say, settled };
}

async function opened() {
  const terminal = prepare();
  terminal.line.resize(40, 120);
  terminal.line.open();
  await terminal.settled();
  terminal.say({ type: "metadata", data: JSON.stringify(place) });
  return terminal;
}

test("a terminal that opens says where it is and gets the size of its window", async () => {
  const { line, states, shown, say, wires } = await opened();
  expect(states).toEqual([{ word: "connecting" }, { word: "open", place }]);
  say({ type: "output", data: "/ # " });
  line.type("ls\r");
  line.typeBytes("\x1b[M\xff");
  expect(shown).toEqual(["/ # "]);
  expect(wires[0]?.sent.map((text) => JSON.parse(text))).toEqual([
    { type: "resize", rows: 40, cols: 120 },
    { type: "input", data: "ls\r" },
    { type: "input", data: btoa("\x1b[M\xff"), encoding: "base64" },
  ]);
});

test("one that breaks is opened again, later each time, until it works", async () => {
  const { states, wires, waiting, settled, say } = await opened();
  wires[0]?.closed();
  expect(states.at(-1)).toEqual({ word: "reconnecting", reason: "The connection was lost" });
  waiting.shift()?.go();
  await settled();
  wires[1]?.closed();
  expect(waiting[0]?.ms).toBe(1_000);
  waiting.shift()?.go();
  await settled();
  say({ type: "metadata", data: JSON.stringify(place) });
  expect(states.at(-1)).toEqual({ word: "open", place });
  say({ type: "error", data: "The server is stopping: connect again" });
  wires[2]?.closed();
  expect(states.at(-1)).toEqual({
    word: "reconnecting",
    reason: "The server is stopping: connect again",
  });
});

test("one that is over says why, and stays so until somebody wants it again", async () => {
  const { line, states, say, wires, waiting, settled } = await opened();
  say({ type: "close", data: "Terminal session completed" });
  wires[0]?.closed();
  const closed = { word: "closed", reason: "Terminal session completed", lacksShell: false };
  expect(states.at(-1)).toEqual(closed);
  expect(waiting).toEqual([]);
  line.open();
  await settled();
  expect(wires).toHaveLength(2);
});

test("an image without a shell is said to be one, and is not tried again", async () => {
  const { line, states, say, wires, settled } = prepare();
  line.open();
  await settled();
  const data = "There is no shell in this container: a debug container would bring one";
  say({ type: "error", data });
  wires[0]?.closed();
  expect(states.at(-1)).toEqual({ word: "closed", reason: data, lacksShell: true });
});

test("what is refused in words is final, and what is refused without is after three tries", async () => {
  const one = prepare([new ApiError(403, { error: "You may only look" })]);
  one.line.open();
  await one.settled();
  expect(one.states.at(-1)).toMatchObject({ word: "closed", reason: "You may only look" });
  const other = prepare([new ApiError(503)]);
  other.line.open();
  await other.settled();
  expect(other.states.at(-1)).toMatchObject({ word: "reconnecting" });
  for (let round = 0; round < 3; round += 1) {
    other.waiting.shift()?.go();
    await other.settled();
    other.wires.at(-1)?.closed();
  }
  expect(other.states.at(-1)).toMatchObject({ word: "closed" });
  expect(other.waiting).toEqual([]);
});

test("one that is left closes its wire and says nothing more", async () => {
  const { line, states, wires } = await opened();
  line.leave();
  expect(wires[0]?.isClosed).toBe(true);
  const said = states.length;
  wires[0]?.closed();
  expect(states).toHaveLength(said);
});

test("what is pasted goes in parts, and no character is cut in two", () => {
  const text = `${"x".repeat(7_999)}😀${"y".repeat(9_000)}`;
  const parts = partsOf(text);
  expect(parts.join("")).toBe(text);
  expect(parts.map(({ length }) => length)).toEqual([7_999, 8_000, 1_002]);
  expect(partsOf("")).toEqual([]);
});
