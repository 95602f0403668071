import type { Readable } from "node:stream";

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

/** A question that, answered well, turns its connection into a WebSocket. */
export interface SocketCall extends Pick<Call, "path" | "headers" | "signal"> {
  /** The subprotocols we speak, the best first. */
  protocols: readonly string[];
}

/** A WebSocket that is open. */
export interface OutboundSocket {
  /** The subprotocol the other side chose. */
  protocol: string;
  /** What has come since the last time it was asked for, in order, until the other side closes. Who does not ask is sent no more. */
  frames: AsyncIterable<Buffer[]>;
  /** Fulfils when there is room for more. */
  send(frame: Uint8Array): Promise<void>;
  close(): void;
}

/** Connections to one origin. */
export interface OutboundPool {
  /** The answer, read to its end. */
  whole(call: Call): Promise<Answer<Buffer>>;
  /** The answer as it comes. */
  open(call: Call): Promise<Answer<Readable>>;
  /** A WebSocket; or, where the other side would rather answer in HTTP, that answer. */
  socket(call: SocketCall): Promise<OutboundSocket | Answer<Buffer>>;
  close(): Promise<void>;
}
