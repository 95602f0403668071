import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Reason } from "./life.ts";

export const eventStream = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  // Asks nginx not to hold events back until it has a bufferful.
  "x-accel-buffering": "no",
};

export function frame(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

interface Sender {
  send(text: string | Uint8Array, end: AbortSignal): Promise<void>;
  /** Aborts when the reader has left unread what it was sent for too long. */
  unread: AbortSignal;
}

/** Writes, and waits for room where there is none: but not for ever. */
export function sender(response: ServerResponse, unreadMs: number): Sender {
  const unread = new AbortController();
  async function send(text: string | Uint8Array, end: AbortSignal): Promise<void> {
    if (response.write(text)) return;
    const patience = setTimeout(() => unread.abort("slow_reader" satisfies Reason), unreadMs);
    await once(response, "drain", { signal: end }).finally(() => clearTimeout(patience));
  }
  return { send, unread: unread.signal };
}

const farewellMs = 1_000;

/** A reader that does not even read why it ends is cut off. */
export function farewell(response: ServerResponse, reason: Reason | undefined): void {
  if (response.writableEnded) return;
  response.end(reason && frame("end", { reason }));
  const cut = setTimeout(() => response.destroy(), farewellMs);
  response.once("close", () => clearTimeout(cut));
}

export function closed(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  return gone.signal;
}
