import type { Readable } from "node:stream";
import { type Dispatcher, errors, Pool } from "undici";
import { dialer, type TlsOptions } from "./dial.ts";
import { createJudge, lookUpAll, type Policy, type Resolve } from "./judge.ts";
import { targetUrl } from "./target-url.ts";

export interface Target {
  /** `https://host:port`; what follows is left to the caller. */
  origin: string;
  tls?: TlsOptions;
  connections?: number;
  /** Whether plain http will do, which carries credentials in the open. */
  allowPlain?: boolean;
  /** For what the server started itself, and for nothing a user names. */
  trusted?: boolean;
}

export interface Call {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
  /** How long the other side may say nothing. */
  idleMs?: number;
  /** How long the whole of it may take; an open stream only until it begins. */
  timeoutMs?: number;
  maxBytes?: number;
}

export interface Answer<Body> {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Body;
}

/** Connections to one origin. */
export interface OutboundPool {
  /** The answer, read to its end. */
  whole(call: Call): Promise<Answer<Buffer>>;
  /** The answer as it comes. */
  open(call: Call): Promise<Answer<Readable>>;
  close(): Promise<void>;
}

export type Outbound = ReturnType<typeof createOutbound>;

const callMs = 15_000;
/** What is asked next is often asked within a minute, and the other side usually waits for longer than that. */
const keptMs = 45_000;
const mostStreams = 1_024;
const mostBytes = 32 * 1_048_576;

/** The one place that opens connections to addresses people name. No redirects, no proxies, no cookies. */
export function createOutbound({ policy, resolve = lookUpAll }: { policy: Policy; resolve?: Resolve }) {
  const judge = createJudge(policy, resolve);

  return {
    /** Refuses an address that may not be reached. A name nobody knows passes: it leads nowhere. */
    async judge(url: URL): Promise<void> {
      const { hostname, port } = placeOf(url);
      await judge.addressesOf(hostname, port).catch((error) => {
        if (!isLookupFailure(error)) throw error;
      });
    },

    pool({ origin, tls = {}, connections = 32, allowPlain = false, trusted = false }: Target): OutboundPool {
      const url = targetUrl(origin, { path: "/server", insecure: allowPlain || trusted });
      const connect = dialer(judge, { ...placeOf(url), tls, trusted });
      const poolOf = (most: number) =>
        new Pool(url.origin, {
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
      return {
        whole: (call) => coded(wholeOf(pool, call)),
        open: (call) => coded(openOf(streams, call)),
        close: async () => void (await Promise.all([pool.destroy(), streams.destroy()])),
      };
    },
  };
}

function placeOf({ hostname, port, protocol }: URL): { hostname: string; port: number } {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  return { hostname: host, port: port ? Number(port) : protocol === "https:" ? 443 : 80 };
}

async function wholeOf(pool: Pool, { timeoutMs = callMs, ...call }: Call): Promise<Answer<Buffer>> {
  const { signal, release } = limited(call.signal, timeoutMs);
  try {
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
  } finally {
    release();
  }
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

function isLookupFailure(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}
