import { expect, test } from "vitest";
import { ApiError } from "../../client/api-error.ts";
import { markOf } from "./event-words.ts";
import { type LogEvent, type NumberedEvent, type Reading, readLog } from "./read-log.ts";

const metadata: NumberedEvent = {
  name: "metadata",
  data: { kind: "Deployment", name: "web", pod: "*", container: "*", namespace: "shop", cluster: "prod" },
};
const end = (reason: "shutdown" | "access_revoked"): NumberedEvent => ({ name: "end", data: { reason } });
const line = (number: number, pod = "web-1"): NumberedEvent => ({
  id: `other000t0abcd000000001.${pod === "web-1" ? "aaaaaaaa" : "bbbbbbbb"}t0abcd${String(number).padStart(9, "0")}`,
  name: "log",
  data: { at: "", pod, container: "main", text: `line ${number}` },
});

/** Reads what each connection in turn has to say, and answers with all that was heard. */
async function read(connections: (NumberedEvent[] | Error)[]) {
  const heard: LogEvent[] = [];
  const readings: Reading[] = [];
  await readLog({
    async *follow({ broke }) {
      for (const connection of connections) {
        if (connection instanceof Error) throw connection;
        yield* connection;
        broke();
      }
    },
    hear: (event) => void heard.push(event),
    tell: (reading) => void readings.push(reading),
    breathe: () => undefined,
  });
  const texts = heard.flatMap((event) => (event.name === "log" ? [event.data.text] : []));
  return { texts, readings, words: readings.map(({ word }) => word) };
}

test("each line is heard once, whatever is told again after a break", async () => {
  const { texts, words } = await read([
    [metadata, line(1), line(2), line(1, "web-2")],
    [metadata, line(2), line(3), line(1, "web-2"), line(2, "web-2")],
  ]);
  expect(texts).toEqual(["line 1", "line 2", "line 1", "line 3", "line 2"]);
  expect(words).toEqual(["connecting", "connected", "waiting", "connected", "waiting"]);
});

test("lines of one moment are told apart by their number, and one without a place is news", async () => {
  const first = line(1);
  const second = { ...line(1), id: `${line(1).id}~2` };
  const nameless = { ...line(9), id: undefined };
  const { texts } = await read([[metadata, first, second, first, second, nameless]]);
  expect(texts).toEqual(["line 1", "line 1", "line 9"]);
});

test("a server that restarts is waited for, and what cannot pass is said", async () => {
  const { readings } = await read([
    [metadata, end("shutdown")],
    [metadata, end("access_revoked")],
  ]);
  expect(readings[2]).toEqual({ word: "waiting", reason: "The server is restarting" });
  expect(readings.at(-1)).toEqual({ word: "refused", reason: "Your access to this was taken back" });
});

test("a refusal is said in the server's words", async () => {
  const { readings } = await read([new ApiError(404, { error: "Resource not found" })]);
  expect(readings.at(-1)).toEqual({ word: "refused", reason: "Resource not found" });
});

test("a log that has ended is not read on", async () => {
  const complete: NumberedEvent = { name: "complete", data: { reason: "The log has ended" } };
  const { words, texts } = await read([[metadata, line(1), complete], [line(2)]]);
  expect(words).toEqual(["connecting", "connected", "complete"]);
  expect(texts).toEqual(["line 1"]);
});

test("deploys, missed lines and troubles are said between the lines", () => {
  const run = { at: "2026-11-27T09:40:00Z", run_id: "r", version: 13 };
  const texts = [
    markOf({ name: "marker", data: { ...run, event: "run_started", status: "running" } }),
    markOf({ name: "marker", data: { ...run, event: "run_ended", status: "completed" } }),
    markOf({ name: "marker", data: { ...run, event: "run_ended", status: "paused" } }),
    markOf({ name: "gap", data: { missed_after: "", lines: 1_204 } }),
    markOf({ name: "gap", data: { missed_after: "" } }),
    markOf({ name: "error", data: { reason: "ImagePullBackOff", pod: "web-1" } }),
    markOf({ name: "log", data: { at: "", pod: "", container: "", text: "" } }),
  ];
  expect(texts.map((mark) => mark?.text)).toEqual([
    "v13 deploying",
    "v13 deployed",
    "v13 ended (paused)",
    "1,204 lines missed here",
    "Lines may be missing here",
    "web-1: ImagePullBackOff",
    undefined,
  ]);
});
