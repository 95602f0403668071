import { api } from "../../contract/api.ts";
import type { Input } from "../../contract/operation.ts";
import { client } from "../session.ts";
import { markOf } from "./event-words.ts";
import { createLogBuffer, type LogLook } from "./log-buffer.ts";
import { type LogEvent, type Reading, readLog } from "./read-log.ts";

type LogQuery = NonNullable<Input<typeof api.followLogs>["query"]>;

/** Which log is read, and from where. */
export type LogAsk = { id: string } & Pick<LogQuery, "previous" | "tail" | "sinceSeconds">;

export type LogModel = ReturnType<typeof createLogModel>;

/** A log that is read, told to those who show it once a frame however much comes. */
export function createLogModel(ask: LogAsk, look: LogLook) {
  const buffer = createLogBuffer(look);
  const { changed, ...listening } = createTelling();
  const pace = createPace();
  let reading: Reading = { word: "connecting" };
  let isPaused = false;

  function hear(event: LogEvent): void {
    if (event.name === "log") {
      buffer.line(event.data);
      pace.count();
    } else {
      const mark = markOf(event);
      if (mark) buffer.mark(mark);
    }
    changed();
  }

  return {
    ...listening,
    buffer,
    reading: () => reading,
    isPaused: () => isPaused,
    /** Lines a second, just now. */
    pace: pace.now,
    look(next: LogLook): void {
      buffer.look(next);
      changed();
    },
    pause(on: boolean): void {
      isPaused = on;
      if (on) buffer.hold();
      else buffer.release();
      changed();
    },
    /** Reads until it is told to stop. */
    start(): () => void {
      const leaving = new AbortController();
      const { id, ...query } = ask;
      const input = { params: { id }, query: { ...query, container: "*", format: "json" as const } };
      const tell = (next: Reading) => {
        if (leaving.signal.aborted) return;
        reading = next;
        changed();
      };
      const follow = (hooks: { broke(): void }) =>
        client.follow(api.followLogs, input, leaving.signal, hooks);
      void readLog({ follow, hear, tell, breathe: createBreath() });
      return () => leaving.abort();
    },
  };
}

/** Tells listeners that something is new, once a frame. */
function createTelling() {
  const listeners = new Set<() => void>();
  let version = 0;
  let frame = 0;
  const tell = () => {
    frame = 0;
    version += 1;
    for (const listener of listeners) listener();
  };
  return {
    changed(): void {
      if (frame === 0) frame = requestAnimationFrame(tell);
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    version: () => version,
  };
}

const sliceMs = 8;

/** Lets the page draw after so long, where more has come than can be taken in one go. */
function createBreath(): () => Promise<void> | undefined {
  let since = 0;
  return () => {
    // A page that is not seen draws nothing, and its timers are slow.
    if (document.hidden || performance.now() - since < sliceMs) return undefined;
    return new Promise((resolve) =>
      setTimeout(() => {
        since = performance.now();
        resolve();
      }),
    );
  };
}

const paceMs = 2_000;

function createPace() {
  let began = performance.now();
  let counted = 0;
  let last = 0;
  const turn = () => {
    const passed = performance.now() - began;
    if (passed < paceMs) return;
    last = (counted * 1_000) / passed;
    [began, counted] = [performance.now(), 0];
  };
  return {
    count(): void {
      turn();
      counted += 1;
    },
    now(): number {
      turn();
      return Math.max(last, (counted * 1_000) / paceMs);
    },
  };
}
