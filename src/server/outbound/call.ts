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

/** Connections to one origin. */
export interface OutboundPool {
  /** The answer, read to its end. */
  whole(call: Call): Promise<Answer<Buffer>>;
  /** The answer as it comes. */
  open(call: Call): Promise<Answer<Readable>>;
  close(): Promise<void>;
}
