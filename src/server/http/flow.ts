import type { ServerResponse } from "node:http";
import { keepAlive, type Life, reasonOf } from "./life.ts";
import { closed, eventStream, farewell, sender } from "./sending.ts";

/** What a reader takes at its own pace: each part is made when there is room for it. */
export interface Flow {
  parts(end: AbortSignal): AsyncIterable<string | Uint8Array>;
  /** A file to keep, instead of events to read. */
  file?: { name: string };
}

/** Sends a flow until it ends by itself, or has to end. */
export async function serveFlow(response: ServerResponse, { parts, file }: Flow, life: Life): Promise<void> {
  const { send, unread } = sender(response, life.unreadMs);
  const end = keepAlive(AbortSignal.any([closed(response), unread]), life, () => {
    if (!file && !response.writableNeedDrain) response.write(": still here\n\n");
  });
  try {
    // Flushed at once, or the reader sees no connection until there is something to read.
    response.writeHead(200, file ? fileHeaders(file.name) : eventStream).flushHeaders();
    for await (const part of parts(end)) await send(part, end);
  } catch (error) {
    if (end.aborted) return;
    // Half a file must not pass for a whole one.
    if (file) response.destroy();
    else farewell(response, "failed");
    throw error;
  } finally {
    if (file && end.aborted) response.destroy();
    farewell(response, reasonOf(end));
  }
}

function fileHeaders(name: string) {
  return {
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "no-store",
  };
}
