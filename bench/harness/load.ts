import { connect, type Socket } from "node:net";
import { reportUsage } from "./report-usage.js";

/** The load generator, a process of its own: requests are built before the slice, answers only counted. */
interface Job {
  url: string;
  /** Whole requests, as bytes on the wire. */
  requests: string[];
  connections: number;
  ms: number;
  /** Where in the list to begin, so that no slice repeats what another has sent. */
  offset: number;
}

interface Tally {
  done: number;
  statuses: Record<string, number>;
  latenciesMs: number[];
}

const job: { current?: Job } = {};

process.on("message", (told: { ask?: string; job?: Job }) => {
  if (told.ask === "prepare" && told.job) job.current = told.job;
  if (told.ask === "run" && job.current)
    void run({ ...job.current, ...told.job }).then((tally) =>
      process.send?.({ type: "tally", ...summary(tally) }),
    );
});
reportUsage({ url: "" });
process.channel?.ref();

async function run({ url, requests, connections, ms, offset }: Job): Promise<Tally> {
  const { hostname, port } = new URL(url);
  const tally: Tally = { done: 0, statuses: {}, latenciesMs: [] };
  const until = performance.now() + ms;
  let next = offset;
  const take = () => requests[next++ % requests.length] ?? "";
  const open = Math.min(connections, 5_000);
  await Promise.all(Array.from({ length: open }, () => talk(Number(port), hostname, until, take, tally)));
  return tally;
}

/** One connection, one request at a time, until the time is over and the last answer is in. */
function talk(port: number, host: string, until: number, take: () => string, tally: Tally): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host, noDelay: true });
    let pending = Buffer.alloc(0);
    let startMs = 0;

    const ask = () => {
      if (performance.now() >= until) return socket.end(resolve);
      startMs = performance.now();
      socket.write(take());
      return undefined;
    };
    socket.once("connect", ask);
    socket.once("error", reject);
    socket.on("data", (chunk) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const length = answerLength(pending);
      if (length === undefined || pending.length < length) return;
      const status = pending.toString("latin1", 9, 12);
      pending = pending.subarray(length);
      tally.done += 1;
      tally.statuses[status] = (tally.statuses[status] ?? 0) + 1;
      tally.latenciesMs.push(performance.now() - startMs);
      ask();
    });
    socket.once("close", () => closed(socket, resolve));
  });
}

function closed(socket: Socket, resolve: () => void): void {
  socket.destroy();
  resolve();
}

/** Head and body together, once the head is there. */
function answerLength(bytes: Buffer): number | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const head = bytes.toString("latin1", 0, end).toLowerCase();
  const body = Number(/\r\ncontent-length: *(\d+)/.exec(head)?.[1] ?? 0);
  return end + 4 + body;
}

function summary({ done, statuses, latenciesMs }: Tally) {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { done, statuses, p50Ms: at(0.5), p99Ms: at(0.99) };
}
