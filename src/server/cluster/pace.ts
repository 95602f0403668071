import { setTimeout as sleep } from "node:timers/promises";
import { type FailureWord, failureWord } from "./failures.ts";
import { ClusterRefusal } from "./rest.ts";

/** How one source gets on with its cluster. */
export interface Paced {
  /** Fulfils when this source may ask. */
  enter(signal: AbortSignal): Promise<void>;
  /** The cluster has answered with a list. */
  listed(): void;
  /** The cluster does all it was asked. */
  through(): void;
  failed(error: unknown): void;
  leave(): void;
}

interface Source {
  isThrough: boolean;
  /** How often in a row it has failed in this way. */
  failures: number;
  failure?: FailureWord;
  notBeforeMs: number;
  /** Ends its pause before its time. */
  wake?: () => void;
}

export interface Times {
  /** All sources of a cluster together try again what has failed once in this time. */
  retryMs: number;
  /** And once in this time while the cluster knows us no longer. */
  refusedMs: number;
  /** What was cut off together does not come back in the same instant. */
  scatterMs: number;
}

const usual: Times = { retryMs: 5_000, refusedMs: 60_000, scatterMs: 250 };
const longestMs = 60_000;
/** An API behind the cluster's own may refuse us by itself; so many sources are not all of that one. */
const enoughRefused = 3;
const broken: ReadonlySet<FailureWord | undefined> = new Set(["untrusted", "silent", "unreachable"] as const);

/**
 * The tries of all sources of one cluster. What has failed pauses and waits for a turn, and turns are rare; as soon as
 * one gets through that had failed likewise, the others may go on too. What works is held up by nothing that does not.
 */
export function createPace(times: Times = usual) {
  const sources = new Set<Source>();
  const queue = createQueue(() => (isRefused() ? times.refusedMs : times.retryMs));

  function isRefused(): boolean {
    const refused = [...sources].filter(({ failure }) => failure === "unauthorized").length;
    return refused > 0 && refused >= Math.min(enoughRefused, sources.size);
  }

  function isAway(): boolean {
    const all = [...sources];
    return all.some(({ failure }) => broken.has(failure)) && !all.some(({ isThrough }) => isThrough);
  }

  return {
    join(): Paced {
      const source: Source = { isThrough: false, failures: 0, notBeforeMs: 0 };
      sources.add(source);
      const through = () => {
        const { failure } = source;
        source.isThrough = true;
        source.failures = 0;
        delete source.failure;
        if (failure === undefined) return;
        queue.releaseAll();
        // How long to leave it in peace, a cluster that throttles says to each by itself.
        if (failure === "throttled") return;
        for (const other of sources) if (other.failure === failure) other.wake?.();
      };
      return {
        async enter(signal) {
          if (await isWokenFromPause(source, signal)) return;
          const hasFailed = source.failure !== undefined && source.failure !== "forgotten";
          if (hasFailed || isRefused() || isAway()) await queue.turn(signal);
        },
        through,
        // What was forgotten is listed; whether that helped is for the watch to say.
        listed: () => (source.failure === "forgotten" ? undefined : through()),
        failed(error) {
          source.isThrough = false;
          const failure = failureWord(error);
          source.failures = failure === source.failure ? source.failures + 1 : 1;
          source.failure = failure;
          source.notBeforeMs = performance.now() + pauseAfter(error, source, times);
        },
        leave: () => void sources.delete(source),
      };
    },
  };
}

/** Whether the pause of a source ended because another got through. */
async function isWokenFromPause(source: Source, signal: AbortSignal): Promise<boolean> {
  const waitMs = source.notBeforeMs - performance.now();
  if (waitMs <= 0) return false;
  const waking = new AbortController();
  source.wake = () => waking.abort();
  try {
    await sleep(waitMs, undefined, { signal: AbortSignal.any([signal, waking.signal]) });
  } catch {
    signal.throwIfAborted();
  } finally {
    delete source.wake;
  }
  return waking.signal.aborted;
}

function pauseAfter(error: unknown, { failure, failures }: Source, times: Times): number {
  const jitter = 1 + Math.random() / 4;
  if (failure === "unauthorized") return times.refusedMs * jitter;
  if (broken.has(failure)) return Math.random() * times.scatterMs;
  // A list is the answer to it; only when that does not help is there a reason to wait.
  if (failure === "forgotten" && failures === 1) return Math.random() * times.scatterMs;
  const askedMs = (error instanceof ClusterRefusal && error.retryAfterMs) || 0;
  return Math.max(askedMs, Math.min(longestMs, times.retryMs * 2 ** (failures - 1))) * jitter;
}

/** One after the other, at intervals, until somebody lets all of them go. */
function createQueue(intervalMs: () => number) {
  const waiting = new Set<() => void>();
  let lastMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  function pump(): void {
    clearTimeout(timer);
    const [next] = waiting;
    if (!next) return;
    const waitMs = lastMs + intervalMs() - performance.now();
    if (waitMs <= 0) {
      lastMs = performance.now();
      next();
    }
    timer = setTimeout(pump, Math.max(waitMs, 1)).unref();
  }

  return {
    async turn(signal: AbortSignal): Promise<void> {
      signal.throwIfAborted();
      const { promise, resolve } = Promise.withResolvers<void>();
      const go = () => {
        waiting.delete(go);
        signal.removeEventListener("abort", go);
        resolve();
      };
      waiting.add(go);
      signal.addEventListener("abort", go, { once: true });
      pump();
      await promise;
    },
    releaseAll(): void {
      for (const go of waiting) go();
    },
  };
}
