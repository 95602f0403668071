import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { Duplex } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { buildConnector } from "undici";
import { WebSocket } from "ws";
import type { Answer, OutboundSocket, SocketCall } from "./call.ts";

const openMs = 15_000;
const mostFrame = 1_048_576;
const mostRefusal = 65_536;
/** While so much is waiting to be sent, nothing more is taken. */
const waitingMax = 262_144;
/** While so much waits to be asked for, the connection is left unread. */
const keptMax = 65_536;
/** A connection that may be dead is asked for a sign of life this often. */
const beatMs = 20_000;

/** WebSockets to one origin, over connections that are dialled like all others. */
export function createSockets(origin: string, connect: buildConnector.connector) {
  const all = new Set<WebSocket>();
  const { protocol, host, hostname, port } = new URL(origin);
  const to = { protocol, host, hostname, port };

  /** Where `ws` would open a connection itself, it is handed one. */
  function createConnection(_options: RequestOptions, given: (error: Error | null, socket: Duplex) => void) {
    connect(to, (...[error, socket]) => given(error, socket as unknown as Duplex));
    return undefined as unknown as Duplex;
  }

  return {
    async open({
      path,
      headers = {},
      protocols,
      signal,
    }: SocketCall): Promise<OutboundSocket | Answer<Buffer>> {
      const url = origin.replace(/^http/, "ws") + path;
      const options = { headers, maxPayload: mostFrame, perMessageDeflate: false, handshakeTimeout: openMs };
      const socket = new WebSocket(url, [...protocols], {
        ...options,
        createConnection: createConnection as never,
      });
      all.add(socket);
      socket.once("close", () => all.delete(socket));
      // Whoever waits for it is told; with nobody waiting it must not end the process.
      socket.on("error", () => undefined);
      const giveUp = () => socket.terminate();
      signal?.addEventListener("abort", giveUp, { once: true });
      try {
        signal?.throwIfAborted();
        return await answered(socket);
      } catch (error) {
        socket.terminate();
        throw coded(error, signal);
      } finally {
        signal?.removeEventListener("abort", giveUp);
      }
    },

    close(): void {
      for (const socket of all) socket.terminate();
    },
  };
}

function answered(socket: WebSocket): Promise<OutboundSocket | Answer<Buffer>> {
  const { promise, resolve, reject } = Promise.withResolvers<OutboundSocket | Answer<Buffer>>();
  // In the same turn: frames may be right behind.
  socket.once("open", () => resolve(opened(socket)));
  socket.once("error", reject);
  socket.once("unexpected-response", (_request: ClientRequest, answer: IncomingMessage) => {
    bodyOf(answer)
      .then((body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }), reject)
      .finally(() => socket.terminate());
  });
  return promise;
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += chunk.length;
    if (bytes > mostRefusal) throw new Error("The answer is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function opened(socket: WebSocket): OutboundSocket {
  watchOver(socket);
  return {
    protocol: socket.protocol,
    frames: framesOf(socket),
    async send(frame) {
      const sent = Promise.withResolvers<void>();
      // One that cannot be sent is told by the end of the frames.
      socket.send(frame, () => sent.resolve());
      if (socket.bufferedAmount >= waitingMax) await sent.promise;
    },
    close: () => closeSoon(socket),
  };
}

/** Listens from now on, whenever they are asked for. What one turn of the event loop brings comes together: of a terminal, thousands of scraps. */
function framesOf(socket: WebSocket): AsyncGenerator<Buffer[]> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let wake = () => {};
  socket.on("message", (frame: Buffer) => {
    waiting.push(frame);
    bytes += frame.length;
    if (bytes >= keptMax) socket.pause();
    wake();
  });
  socket.once("close", () => wake());

  async function* asked(): AsyncGenerator<Buffer[]> {
    while (waiting.length > 0 || socket.readyState !== socket.CLOSED) {
      if (waiting.length === 0) await new Promise<void>((woken) => (wake = woken));
      await setImmediate();
      const frames = waiting;
      waiting = [];
      bytes = 0;
      socket.resume();
      if (frames.length > 0) yield frames;
    }
  }
  return asked();
}

/** A connection whose other end has gone without a word is ended; one that is not read cannot be asked. */
function watchOver(socket: WebSocket): void {
  let isAlive = true;
  socket.on("pong", () => {
    isAlive = true;
  });
  const beating = setInterval(() => {
    if (socket.isPaused) return;
    if (!isAlive) socket.terminate();
    isAlive = false;
    socket.ping();
  }, beatMs);
  socket.once("close", () => clearInterval(beating));
}

const farewellMs = 1_000;

/** Not waiting for ever for the other side to agree, which a connection that is not read never hears. */
function closeSoon(socket: WebSocket): void {
  if (socket.readyState === WebSocket.CLOSED) return;
  socket.resume();
  socket.close(1000);
  const cut = setTimeout(() => socket.terminate(), farewellMs);
  socket.once("close", () => clearTimeout(cut));
}

/** Every failure of a connection carries a code, or is the caller's own giving up. */
function coded(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  if (!(error instanceof Error) || "code" in error || error.name === "Problem") return error;
  return Object.assign(error, { code: "ORRERY_NO_SOCKET" });
}
