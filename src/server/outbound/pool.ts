import type { Readable } from "node:stream";
import { type Dispatcher, errors, Pool } from "undici";
import type { Answer, Call, OutboundPool } from "./call.ts";
import { dialer, type Place } from "./dial.ts";
import type { Judge } from "./judge.ts";
import { createSockets } from "./web-sockets.ts";

interface To {
  origin: string;
  place: Place;
  connections: number;
}

const callMs = 15_000;
/** What is asked next is often asked within a minute, and the other side usually waits for longer than that. */
const keptMs = 45_000;
const mostStreams = 1_024;
const mostBytes = 32 * 1_048_576;

export function openPool(judge: Judge, { origin, place, connections }: To): OutboundPool {
  const connect = dialer(judge, place);
  const poolOf = (most: number) =>
    new Pool(origin, {
      connections: most,
      connect,
      allowH2: false,
      pipelining: 1,
      keepAliveTimeout: keptMs,
      keepAliveMaxTimeout: keptMs,
    });
  const pool = poolOf(connections);
  // A stream keeps its connection for as long as it lasts: it takes none from those who only ask.
  const streams = poolOf(mostStreams);
  const sockets = createSockets(origin, connect);
  return {
    whole: (call) => coded(wholeOf(pool, call)),
    open: (call) => coded(openOf(streams, call)),
    socket: sockets.open,
    async close() {
      sockets.close();
      await Promise.all([pool.destroy(), streams.destroy()]);
    },
  };
}

async function wholeOf(pool: Pool, { timeoutMs = callMs, ...call }: Call): Promise<Answer<Buffer>> {
  const { signal, release } = limited(call.signal, timeoutMs);
  try {
    const { status, headers, body } = await openOf(pool, { ...call, signal, timeoutMs });
    return { status, headers, body: await readWhole(body, call.maxBytes ?? mostBytes) };
  } finally {
    release();
  }
}

/** Read as an iterator, a small answer would cost a third more. What is too large ends its connection. */
function readWhole(body: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    body
      .on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > most) body.destroy(failure("The answer is too large", "ORRERY_TOO_LARGE"));
        else chunks.push(chunk);
      })
      .once("end", () => resolve(Buffer.concat(chunks)))
      .once("error", reject);
  });
}

/** The signal, or the end of the time. `AbortSignal.any` does the same, and costs as much as all else of a call. */
function limited(given: AbortSignal | undefined, ms: number): { signal: AbortSignal; release(): void } {
  const either = new AbortController();
  const giveUp = () => either.abort(given?.reason);
  const timer = setTimeout(() => either.abort(tooLate()), ms);
  timer.unref();
  if (given?.aborted) giveUp();
  given?.addEventListener("abort", giveUp, { once: true });
  return {
    signal: either.signal,
    release() {
      clearTimeout(timer);
      given?.removeEventListener("abort", giveUp);
    },
  };
}

const tooLate = () => new DOMException("The operation was aborted due to timeout", "TimeoutError");

async function openOf(pool: Pool, call: Call): Promise<Answer<Dispatcher.ResponseData["body"]>> {
  const { method, path, headers, body, signal, idleMs = 30_000, timeoutMs = callMs } = call;
  const answer = await pool.request({
    method,
    path,
    // Unpacking is how a small answer becomes a large one.
    headers: { ...headers, "accept-encoding": "identity" },
    headersTimeout: timeoutMs,
    bodyTimeout: idleMs,
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  });
  const encoding = answer.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    answer.body.on("error", () => undefined).destroy();
    throw failure("The answer is packed, though it was not asked to be", "ORRERY_PACKED");
  }
  return { status: answer.statusCode, headers: answer.headers, body: answer.body };
}

/** Every failure of a connection carries a code, also those of a parser that met what is no HTTP. */
async function coded<T>(calling: Promise<T>): Promise<T> {
  try {
    return await calling;
  } catch (error) {
    if (!(error instanceof errors.HTTPParserError)) throw error;
    throw Object.assign(failure("The answer is not HTTP", "ORRERY_NOT_HTTP"), { cause: error });
  }
}

function failure(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
