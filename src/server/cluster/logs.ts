import { invalid } from "../../core/problem.ts";
import { type Written, writtenLines } from "./log-lines.ts";
import type { Ask, Asking } from "./objects.ts";
import { inOurWords, type Rest } from "./rest.ts";

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

/** Which part of a log is read. */
export interface LogPart {
  /** Goes on with what is written next, until the container ends. */
  follow?: boolean;
  tailLines?: number | undefined;
  sinceSeconds?: number | undefined;
  /** A second, and all that was written in it or later. */
  sinceTime?: string | undefined;
}

/** A cluster stops at so many bytes from the first line asked for, however many lines are missing then. */
const mostBytes = 65_536;
/** So that very long lines do not cost the last ones, which say why it ended. */
const fewLines = 5;
/** A container may have nothing to say, not even an answer to begin with: after so long it is asked again. */
const silenceMs = 120_000;

export function logCalls(rest: Rest, ask: Ask) {
  async function tail(place: LogPlace, lines: number, signal: AbortSignal): Promise<string> {
    const path = pathOf(place, { tailLines: lines, limitBytes: mostBytes });
    const text = await rest.text(path, { accept: "*/*", signal, maxBytes: 2 * mostBytes });
    const isCut = Buffer.byteLength(text) >= mostBytes;
    if (!isCut) return text;
    // A line that is not whole may be half of something secret, which nobody would recognize.
    return lines > fewLines ? tail(place, fewLines, signal) : text.slice(0, text.lastIndexOf("\n") + 1);
  }

  return {
    /** The last lines a container wrote. */
    logs: (place: LogPlace, { lines, ...asking }: LogTail): Promise<string> =>
      ask(() => tail(place, lines, asking.signal), asking),

    /** Lines with their times as they come. Leaving the loop, or the signal, ends the request. */
    async *readLog(place: LogPlace, part: LogPart, asking: Asking): AsyncGenerator<Written> {
      const path = pathOf(place, { ...part, timestamps: true });
      const limits = { signal: asking.signal, idleMs: silenceMs, timeoutMs: silenceMs };
      const open = () => rest.stream("GET", path, { accept: "*/*", ...limits });
      // A log without lines does not even begin to answer, and would keep its place from those who only ask.
      yield* writtenLines(await (part.follow ? inOurWords(open()) : ask(open, asking)));
    },
  };
}

const nameForm = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Names come from a cluster, a database or a person: whatever is none has no place in a path. */
function pathOf({ namespace, pod, container, previous }: LogPlace, part: Record<string, unknown>): string {
  for (const name of [namespace, pod, container])
    if (!nameForm.test(name)) throw invalid("A pod, container or namespace has no such name");
  const query = new URLSearchParams({ container });
  for (const [key, value] of Object.entries({ ...part, previous }))
    if (value !== undefined && value !== false) query.set(key, String(value));
  return `/api/v1/namespaces/${namespace}/pods/${pod}/log?${query}`;
}
