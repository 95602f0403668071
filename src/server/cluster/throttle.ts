import { setTimeout as sleep } from "node:timers/promises";
import { Problem, unavailable } from "../../core/problem.ts";
import { ClusterRefusal } from "./rest.ts";

const most = 32;
const mostThrottled = 5;
/** A cluster that stays away is asked once in this time, for as long as `patienceMs` says. */
const retryMs = 5_000;

interface Failures {
  throttled: number;
  broken: number;
}

interface Options {
  patienceMs: number;
  retryMs?: number;
}

/** What a complaint costs of the room: when all answers of a round trip are complaints, half of it is gone. */
const perComplaint = 0.5;

/**
 * Lets a bounded number of requests to one cluster be under way. Told that it is too many, it waits as long as it
 * was told to, and lowers the number by as much as it was told so; each round trip that goes well adds one.
 */
export function createThrottle() {
  const once = createRoom();

  /** Asks, and asks again where that is safe and may help. What is asked must do the same when done twice. */
  async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal, options: Options): Promise<T> {
    const giveUpMs = performance.now() + options.patienceMs;
    const failures = { throttled: 0, broken: 0 };

    for (;;) {
      try {
        return await once(ask);
      } catch (error) {
        signal.throwIfAborted();
        const pauseMs = pauseAfter(error, failures, options.retryMs ?? retryMs);
        if (pauseMs === undefined || performance.now() + pauseMs > giveUpMs) throw error;
        if (pauseMs > 0) await sleep(pauseMs, undefined, { signal });
      }
    }
  }

  return { patiently };
}

/** As TCP with ECN finds its window (RFC 8257): a few complaints say little, a round trip of them halves the room. */
function createRoom() {
  let room = most;
  let running = 0;
  const queue: (() => void)[] = [];

  async function enter(): Promise<void> {
    if (running < Math.floor(room)) running += 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
  }

  function leave(): void {
    running -= 1;
    for (; running < Math.floor(room) && queue.length > 0; running += 1) queue.shift()?.();
  }

  return async <T>(ask: () => Promise<T>): Promise<T> => {
    await enter();
    try {
      const answer = await ask();
      room = Math.min(most, room + 1 / room);
      return answer;
    } catch (error) {
      if (isThrottled(error)) room = Math.max(1, room - perComplaint);
      throw error;
    } finally {
      leave();
    }
  };
}

/** How long to wait before asking again after a failure; nothing where asking again does not help. */
function pauseAfter(error: unknown, failures: Failures, laterMs: number): number | undefined {
  if (!isThrottled(error)) return pauseOfBroken(error, ++failures.broken, laterMs);
  return pauseOfThrottled(error, ++failures.throttled);
}

export type Throttle = ReturnType<typeof createThrottle>;

function isThrottled(error: unknown): error is ClusterRefusal {
  return error instanceof ClusterRefusal && error.status === 429;
}

function pauseOfThrottled(error: ClusterRefusal, times: number): number {
  if (times > mostThrottled) throw unavailable("The cluster is throttling our requests");
  const askedMs = error.retryAfterMs ?? 250 * 2 ** times;
  return askedMs * (1 + Math.random() / 4);
}

/** A connection that broke is tried again at once, then with pauses that grow; what the cluster refused stays refused. */
function pauseOfBroken(error: unknown, times: number, laterMs: number): number | undefined {
  const isPassing = error instanceof ClusterRefusal ? error.status >= 500 : isConnectionError(error);
  if (!isPassing) return undefined;
  return times === 1 ? 0 : Math.min(laterMs, 50 * 4 ** (times - 2) * (1 + Math.random()));
}

function isConnectionError(error: unknown): boolean {
  if (error instanceof Problem) return error.kind === "unavailable";
  return error instanceof Error && "code" in error && typeof error.code === "string";
}
