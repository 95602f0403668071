import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { reportUsage } from "./report-usage.js";

/** Readers of one log, in a process of their own. */
interface Reader {
  socket: Socket;
  rest: string;
  isGreeted: boolean;
  heard: number;
  /** Lines it was told that it missed. */
  missed: number;
  /** By pod, the number of the last line. */
  last: Map<string, number>;
}

interface Asked {
  ask?: string;
  url: string;
  count: number;
  /** Whether the first of them hardly reads. */
  isOneSlow: boolean;
  lines: number;
}

const readers: Reader[] = [];
let disorder = 0;
let delaysMs: number[] = [];

process.on("message", (asked: Asked) => {
  if (asked.ask === "connect") void open(asked).then(() => process.send?.({ type: "connected" }));
  if (asked.ask === "hear") void hear(asked).then((heard) => process.send?.({ type: "heard", ...heard }));
});
reportUsage({ url: "" });
process.channel?.ref();

async function open({ url, count }: Asked): Promise<void> {
  const { hostname, port, pathname, search } = new URL(url);
  for (let opened = 0; opened < count; opened += 1) {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const reader = { socket, rest: "", isGreeted: false, heard: 0, missed: 0, last: new Map() };
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer x\r\n\r\n`);
    socket.on("data", (bytes) => take(reader, bytes.toString("latin1")));
    readers.push(reader);
  }
  while (!readers.every(({ isGreeted }) => isGreeted)) await sleep(5);
}

const event =
  /event: (?:log\ndata: \{"at":"[^"]*","pod":"([^"]*)","container":"main","text":"line (\d+) at ([\d.]+)[^\n]*|gap\ndata: [^\n]*"lines":(\d+)[^\n]*)\n\n/g;

function take(reader: Reader, bytes: string): void {
  const nowMs = performance.timeOrigin + performance.now();
  const text = reader.rest + bytes;
  if (text.includes("event: metadata")) reader.isGreeted = true;
  let end = 0;
  let isLate = false;
  for (const match of text.matchAll(event)) {
    const [all, pod = "", number, at, missed] = match;
    end = match.index + all.length;
    if (missed !== undefined) {
      reader.missed += Number(missed);
      isLate = true;
      continue;
    }
    const last = reader.last.get(pod);
    if (last !== undefined && !isLate && Number(number) !== last + 1) disorder += 1;
    if (last !== undefined && Number(number) <= last) disorder += 1;
    isLate = false;
    reader.last.set(pod, Number(number));
    reader.heard += 1;
    delaysMs.push(nowMs - Number(at));
  }
  reader.rest = text.slice(Math.max(end, text.length - 4_096));
}

const patienceMs = 20_000;

/** Until all have heard so many lines, or been told that they missed them. */
async function hear({ lines, isOneSlow }: Asked) {
  for (const reader of readers) Object.assign(reader, { heard: 0, missed: 0 });
  delaysMs = [];
  disorder = 0;
  const startMs = performance.now();
  const [first, ...others] = readers;
  const until = startMs + patienceMs;
  const isDone = ({ heard, missed }: Reader) => heard + missed >= lines;
  const isAlone = others.length === 0;
  const slow = isOneSlow && !isAlone ? first : undefined;
  slow?.socket.pause();
  const fast = slow ? others : readers;
  while (!fast.every(isDone) && performance.now() < until) await sleep(1);
  const ms = performance.now() - startMs;
  slow?.socket.resume();
  while (!readers.every(isDone) && performance.now() < until) await sleep(1);
  const sorted = Float64Array.from(delaysMs).sort();
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
  return {
    ms,
    disorder,
    /** Among those who were read to as fast as they read, none may miss anything. */
    missed: fast.reduce((sum, { missed }) => sum + missed, 0),
    wrong: readers.filter(({ heard, missed }) => heard + missed !== lines).length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}
