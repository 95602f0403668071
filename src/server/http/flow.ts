import type { Writable } from "node:stream";
import type { Standing } from "../../core/access/grant.ts";
import { frame } from "./feed-teller.ts";
import { type Life, openLife, type Reason, reasonOf } from "./life.ts";
import { eventStream, farewell, lineOf, room, type Taken, withoutChunks } from "./sending.ts";

/** What a reader takes at its own pace: each part is made when there is room for it. */
export interface Flow {
  parts(end: AbortSignal): AsyncIterable<string | Uint8Array>;
  /** A file to keep, instead of events to read. */
  file?: { name: string };
  /** What of clusters it is about: without access to all of that it ends. */
  grants?: readonly Standing[];
}

/** Sends a flow until it ends by itself, or has to end. */
export async function serveFlow({ response, headers }: Taken, flow: Flow, life: Life): Promise<void> {
  const { file } = flow;
  const line = file ? response : lineOf(response);
  const beat = () => void (file || line.writableNeedDrain || line.write(": still here\n\n"));
  const { over, standOn } = openLife(life, beat);
  for (const grant of flow.grants ?? []) standOn(grant);
  const end = over.signal;
  response.once("close", () => over.abort());
  const giveUp = () => over.abort("slow_reader" satisfies Reason);
  let reason: Reason | undefined = "failed";
  try {
    if (!file) withoutChunks(response);
    // Flushed at once, or the reader sees no connection until there is something to read.
    const own = file ? fileHeaders(file.name) : eventStream;
    response.writeHead(200, { ...headers, ...own }).flushHeaders();
    await pour(flow.parts(end), line, () => room(line, end, life.unreadMs, giveUp));
    reason = reasonOf(end);
    end.throwIfAborted();
  } catch (error) {
    if (end.aborted) reason = reasonOf(end);
    // Half a file must not pass for a whole one.
    if (file) response.destroy();
    if (!end.aborted) throw error;
  } finally {
    over.abort();
    farewell(response, reason && frame("end", { reason }));
  }
}

async function pour(parts: ReturnType<Flow["parts"]>, line: Writable, room: () => Promise<void>) {
  for await (const part of parts) if (!line.write(part)) await room();
}

function fileHeaders(name: string) {
  return {
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "no-store",
  };
}
