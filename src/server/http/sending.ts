import { once } from "node:events";
import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Writable } from "node:stream";

export const eventStream = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  // Asks nginx not to hold events back until it has a bufferful.
  "x-accel-buffering": "no",
};

/** A response of which nothing has been written, and the headers that every answer has. */
export interface Taken {
  response: ServerResponse;
  headers: OutgoingHttpHeaders;
}

/** The stream ends with its connection, so the size of each piece need not be written before it. */
export function withoutChunks(response: ServerResponse): void {
  response.shouldKeepAlive = false;
  response.useChunkedEncodingByDefault = false;
}

/** The socket itself, once the head is out: for each piece a response does much that a stream does not need. */
export const lineOf = (response: ServerResponse): Writable => response.socket ?? response;

/** Waits until the reader has read what it was sent: but not for ever. */
export async function room(
  line: Writable,
  end: AbortSignal,
  unreadMs: number,
  giveUp: () => void,
): Promise<void> {
  const patience = setTimeout(giveUp, unreadMs);
  await once(line, "drain", { signal: end }).finally(() => clearTimeout(patience));
}

const farewellMs = 1_000;

/** A reader that does not even read why it ends is cut off. */
export function farewell(response: ServerResponse, words: string | undefined): void {
  if (response.writableEnded || response.destroyed) return;
  response.end(words);
  const cut = setTimeout(() => response.destroy(), farewellMs);
  response.once("close", () => clearTimeout(cut));
}
