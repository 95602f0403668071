import { ApiError } from "../../client/api-error.ts";
import type { Keystrokes, Screen } from "../../contract/terminal.ts";

/** Where a terminal is. */
export interface TerminalPlace {
  pod: string;
  container: string;
  shell: string;
}

export type TerminalState =
  | { word: "connecting" }
  | { word: "open"; place: TerminalPlace }
  | { word: "reconnecting"; reason: string }
  /** Over until somebody wants it again. `lacksShell` is where a debug container would help. */
  | { word: "closed"; reason: string; lacksShell: boolean };

/** Our end of a WebSocket, as far as it is needed. */
export interface Wire {
  send(text: string): void;
  close(): void;
}

export interface WireEvents {
  said(text: string): unknown;
  closed(): unknown;
}

export interface TerminalNeeds {
  /** Asks for a ticket and opens a wire with it; a refusal is an `ApiError`. */
  connect(events: WireEvents): Promise<Wire>;
  show(data: string): void;
  tell(state: TerminalState): void;
  /** Calls back after so long, and answers how to stop that. */
  later(ms: number, go: () => void): () => void;
}

export type TerminalLine = ReturnType<typeof createTerminalLine>;

const waitsMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000];
/** A wire that is refused does not say why; one that is refused so often will not be opened. */
const mostRefusals = 3;
const refused = "The terminal could not be opened. The pod or the container may no longer be running.";
const lost = "The connection was lost";

interface Connection {
  wire: Wire | undefined;
  /** What it said last beside what it showed. */
  last: Screen | undefined;
  place: TerminalPlace | undefined;
}

interface Terminal extends TerminalNeeds {
  current: Connection | undefined;
  failures: number;
  refusals: number;
  size: { rows: number; cols: number };
  stopWaiting(): void;
}

/** One terminal: opens again by itself what breaks, and says in words why it does not. */
export function createTerminalLine(needs: TerminalNeeds) {
  const size = { rows: 24, cols: 80 };
  const counts = { failures: 0, refusals: 0 };
  const terminal: Terminal = { ...needs, ...counts, size, current: undefined, stopWaiting: () => undefined };

  return {
    /** Opens it, or opens it anew. */
    open(): void {
      Object.assign(terminal, counts);
      leave(terminal);
      terminal.tell({ word: "connecting" });
      connect(terminal);
    },
    type(data: string): void {
      // Somebody is at it, so the next break is a new one.
      terminal.failures = 0;
      for (const part of partsOf(data)) send(terminal, { type: "input", data: part });
    },
    /** Bytes that are not text, one a character. */
    typeBytes: (bytes: string): void =>
      send(terminal, { type: "input", data: btoa(bytes), encoding: "base64" }),
    resize(rows: number, cols: number): void {
      terminal.size = { rows, cols };
      send(terminal, { type: "resize", rows, cols });
    },
    leave: (): void => leave(terminal),
  };
}

function connect(terminal: Terminal): void {
  const connection: Connection = { wire: undefined, last: undefined, place: undefined };
  terminal.current = connection;
  // What an earlier connection still says concerns nobody.
  const isCurrent = () => terminal.current === connection;
  const events: WireEvents = {
    said: (text) => isCurrent() && hear(terminal, connection, JSON.parse(text)),
    closed: () => isCurrent() && over(terminal, connection),
  };
  terminal.connect(events).then(
    (wire) => {
      if (isCurrent()) connection.wire = wire;
      else wire.close();
    },
    (error: unknown) => isCurrent() && failed(terminal, error),
  );
}

function hear(terminal: Terminal, connection: Connection, { type, data }: Screen): void {
  if (type === "output") terminal.show(data);
  else if (type === "metadata") {
    connection.place = JSON.parse(data) as TerminalPlace;
    terminal.refusals = 0;
    terminal.tell({ word: "open", place: connection.place });
    send(terminal, { type: "resize", ...terminal.size });
  } else connection.last = { type, data };
}

function failed(terminal: Terminal, error: unknown): void {
  if (error instanceof ApiError && error.status >= 400 && error.status < 500) close(terminal, error.message);
  else retry(terminal, error instanceof ApiError ? error.message : lost);
}

function over(terminal: Terminal, { last, place }: Connection): void {
  if (!last && !place) terminal.refusals += 1;
  if (last && (last.type === "close" || !place)) close(terminal, last.data);
  else if (terminal.refusals >= mostRefusals) close(terminal, refused);
  else retry(terminal, last?.data ?? lost);
}

function close(terminal: Terminal, reason: string): void {
  terminal.current = undefined;
  terminal.tell({ word: "closed", reason, lacksShell: /no shell/i.test(reason) });
}

function retry(terminal: Terminal, reason: string): void {
  terminal.current = undefined;
  terminal.tell({ word: "reconnecting", reason });
  const ms = waitsMs[Math.min(terminal.failures, waitsMs.length - 1)] ?? 0;
  terminal.failures += 1;
  terminal.stopWaiting = terminal.later(ms, () => connect(terminal));
}

function send({ current }: Terminal, keys: Partial<Keystrokes>): void {
  if (current?.place) current.wire?.send(JSON.stringify(keys));
}

function leave(terminal: Terminal): void {
  terminal.stopWaiting();
  const { current } = terminal;
  terminal.current = undefined;
  current?.wire?.close();
}

/** Written as JSON, so much stays within one message whatever it is. */
const partLength = 8_000;

/** What is pasted in one go, in parts, and no character cut in two. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  while (from < text.length) {
    let to = Math.min(text.length, from + partLength);
    const isCut = to < text.length && /[\ud800-\udbff]/.test(text[to - 1] ?? "");
    if (isCut) to -= 1;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}
