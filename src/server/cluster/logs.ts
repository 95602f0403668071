import type { Ask, Asking } from "./objects.ts";
import type { Rest } from "./rest.ts";

export interface LogPlace {
  namespace: string;
  pod: string;
  container: string;
  /** The log of the container before its last restart. */
  previous: boolean;
}

export interface LogTail extends Asking {
  lines: number;
}

/** A cluster stops at so many bytes from the first line asked for, however many lines are missing then. */
const mostBytes = 65_536;
/** So that very long lines do not cost the last ones, which say why it ended. */
const fewLines = 5;

export function logCalls(rest: Rest, ask: Ask) {
  async function tail(place: LogPlace, lines: number, signal: AbortSignal): Promise<string> {
    const query = new URLSearchParams({
      container: place.container,
      tailLines: String(lines),
      limitBytes: String(mostBytes),
      ...(place.previous && { previous: "true" }),
    });
    const path = `/api/v1/namespaces/${encodeURIComponent(place.namespace)}/pods/${encodeURIComponent(place.pod)}/log`;
    const text = await rest.text(`${path}?${query}`, { accept: "*/*", signal, maxBytes: 2 * mostBytes });
    const isCut = Buffer.byteLength(text) >= mostBytes;
    if (!isCut) return text;
    // A line that is not whole may be half of something secret, which nobody would recognize.
    return lines > fewLines ? tail(place, fewLines, signal) : text.slice(0, text.lastIndexOf("\n") + 1);
  }

  return {
    /** The last lines a container wrote. */
    logs: (place: LogPlace, { lines, ...asking }: LogTail): Promise<string> =>
      ask(() => tail(place, lines, asking.signal), asking),
  };
}
