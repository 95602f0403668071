import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { reportUsage } from "./report-usage.js";

/** Clients of an event stream, in a process of their own. What they hear is counted; nothing is parsed twice. */
interface Listener {
  socket: Socket;
  rest: string;
  isGreeted: boolean;
  heard: number;
  /** Numbers that were passed over. */
  skipped: number;
  gaps: number;
  /** By node, the number of the last event. */
  state: Map<string, number>;
  lastId: number;
}

interface Asked {
  ask?: string;
  url: string;
  count: number;
  /** How many of them stop reading, and for how long. */
  pausing: number;
  pauseMs: number;
  /** The last event they have to hear, of how many, over how many nodes in turn. */
  last: number;
  events: number;
  nodes: number;
}

const listeners: Listener[] = [];
const faults = { disorder: 0 };
let delaysMs: number[] = [];

process.on("message", (asked: Asked) => {
  if (asked.ask === "connect") void open(asked).then(() => process.send?.({ type: "connected" }));
  if (asked.ask === "leave") void leaveAll().then(() => process.send?.({ type: "left" }));
  if (asked.ask === "pause") void pause(asked);
  if (asked.ask === "settle") void settle(asked).then((heard) => process.send?.({ type: "heard", ...heard }));
});
reportUsage({ url: "" });
process.channel?.ref();

const atOnce = 100;

async function open({ url, count }: Asked): Promise<void> {
  for (let opened = 0; opened < count; opened += atOnce) {
    const more = Array.from({ length: Math.min(atOnce, count - opened) }, () => listen(new URL(url)));
    await Promise.all(more.map(greeted));
  }
}

function listen({ hostname, port, pathname, search }: URL): Listener {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const listener = {
    socket,
    rest: "",
    isGreeted: false,
    heard: 0,
    skipped: 0,
    gaps: 0,
    state: new Map(),
    lastId: -1,
  };
  socket.write(`GET ${pathname}${search} HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer x\r\n\r\n`);
  socket.on("data", (bytes) => hear(listener, bytes.toString("latin1")));
  listeners.push(listener);
  return listener;
}

async function greeted(listener: Listener): Promise<void> {
  while (!listener.isGreeted) await sleep(5);
}

async function leaveAll(): Promise<void> {
  const all = listeners.splice(0).map(({ socket }) => socket);
  await Promise.all(all.map((socket) => once(socket.destroy(), "close")));
}

const event =
  /^id: \w+-(\d+)\nevent: node\.status\ndata: \{[^\n]*"node_id":"([^"]+)"[^\n]*"message":"(\d+) ([\d.]+)"[^\n]*\n\n/gm;

function hear(listener: Listener, bytes: string): void {
  const nowMs = performance.timeOrigin + performance.now();
  // Chunk sizes are lines of their own between events.
  const text = listener.rest + bytes;
  if (text.includes("event: hello")) listener.isGreeted = true;
  if (text.includes("event: gap")) listener.gaps += 1;
  let end = 0;
  for (const match of text.matchAll(event)) {
    const [all, id, node = "", number, at] = match;
    if (Number(id) <= listener.lastId) faults.disorder += 1;
    else if (listener.lastId !== -1) listener.skipped += Number(id) - listener.lastId - 1;
    listener.lastId = Number(id);
    listener.heard += 1;
    listener.state.set(node, Number(number));
    delaysMs.push(nowMs - Number(at));
    end = match.index + all.length;
  }
  listener.rest = text.slice(Math.max(end, text.length - 1_024));
}

async function pause({ pausing, pauseMs }: Asked): Promise<void> {
  const some = listeners.slice(0, pausing);
  for (const { socket } of some) socket.pause();
  await sleep(pauseMs);
  for (const { socket } of some) socket.resume();
}

const patienceMs = 10_000;

/** Once all have heard the last one, or nothing comes any more. */
async function settle({ last, events, nodes }: Asked) {
  const until = performance.now() + patienceMs;
  const isDone = ({ state }: Listener) => Math.max(...state.values()) >= last;
  while (!listeners.every(isDone) && performance.now() < until) await sleep(5);
  const sorted = delaysMs.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
  const isTrue = ({ state }: Listener) =>
    [...state].every(([node, number]) => number === lastOf(Number(node.split("-")[1]), last, nodes));
  const tally = {
    messages: listeners.reduce((sum, { heard }) => sum + heard, 0),
    unheard: listeners.reduce((sum, { heard }) => sum + Math.max(0, events - heard), 0),
    skipped: listeners.reduce((sum, { skipped, gaps }) => sum + (gaps > 0 ? 0 : skipped), 0),
    doubled: listeners.reduce((sum, { heard }) => sum + Math.max(0, heard - events), 0),
    disorder: faults.disorder,
    gaps: listeners.reduce((sum, { gaps }) => sum + gaps, 0),
    astray: listeners.filter((each) => !isDone(each) || !isTrue(each)).length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
  for (const listener of listeners) Object.assign(listener, { heard: 0, skipped: 0, gaps: 0 });
  delaysMs = [];
  faults.disorder = 0;
  return tally;
}

/** The number of the last event of a node, where they take turns. */
function lastOf(node: number, last: number, nodes: number): number {
  return last - ((last - node) % nodes);
}
