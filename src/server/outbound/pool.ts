import { type Dispatcher, errors, Pool } from "undici";
import type { Answer, Call, OutboundPool } from "./call.ts";
import { dialer, type Place } from "./dial.ts";
import type { Judge } from "./judge.ts";

interface To {
  origin: string;
  place: Place;
  connections: number;
}

const callMs = 15_000;
const mostBytes = 32 * 1_048_576;

export function openPool(judge: Judge, { origin, place, connections }: To): OutboundPool {
  const connect = dialer(judge, place);
  const pool = new Pool(origin, { connections, connect, allowH2: false, pipelining: 1 });
  return {
    whole: (call) => coded(wholeOf(pool, call)),
    open: (call) => coded(openOf(pool, call)),
    close: () => pool.destroy(),
  };
}

async function wholeOf(pool: Pool, { timeoutMs = callMs, ...call }: Call): Promise<Answer<Buffer>> {
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = call.signal ? AbortSignal.any([call.signal, limit]) : limit;
  const { status, headers, body } = await openOf(pool, { ...call, signal, timeoutMs });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > (call.maxBytes ?? mostBytes)) throw failure("The answer is too large", "ORRERY_TOO_LARGE");
    chunks.push(chunk);
  }
  return { status, headers, body: Buffer.concat(chunks) };
}

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
