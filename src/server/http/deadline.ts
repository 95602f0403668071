import { unavailable } from "../../core/problem.ts";

type Refuse = (error: unknown) => void;

/** A link in the line of those who wait, in the order in which their time ends. */
interface Waiting {
  endMs: number;
  refuse: Refuse | undefined;
  before: Waiting | undefined;
  after: Waiting | undefined;
}

/** Refuses what takes too long. All have the same time, so one timer does for all: that of whoever has waited longest. */
export function createDeadline(ms: number) {
  const line = createLine();
  let isPlanned = false;

  function refuseLate(): void {
    isPlanned = false;
    const nowMs = performance.now();
    for (let first = line.first(); first; first = line.first()) {
      if (first.endMs > nowMs) {
        plan(first.endMs - nowMs);
        break;
      }
      line.leave(first)?.(unavailable("The answer took too long"));
    }
  }

  function plan(inMs: number): void {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(refuseLate, Math.ceil(inMs)).unref();
  }

  /** Hands on what was promised, or refuses in time. The work may go on after that, but nobody waits for it. */
  return <T>(promised: Promise<T>, send: (value: T) => void, refuse: Refuse): void => {
    const one = line.join(performance.now() + ms, refuse);
    plan(ms);
    promised
      .then(
        (value) => line.leave(one) && send(value),
        (error) => line.leave(one)?.(error),
      )
      .catch(refuse);
  };
}

/**
 * Whoever leaves lets go of everything, and no `Set` is used: its tables know those that followed them, so that one
 * old table would keep all requests since alive until the next full collection.
 */
function createLine() {
  const ends: { first: Waiting | undefined; last: Waiting | undefined } = {
    first: undefined,
    last: undefined,
  };

  return {
    first: () => ends.first,

    join(endMs: number, refuse: Refuse): Waiting {
      const one: Waiting = { endMs, refuse, before: ends.last, after: undefined };
      if (ends.last) ends.last.after = one;
      else ends.first = one;
      ends.last = one;
      return one;
    },

    /** Answers with how to refuse it, or with nothing if it had left before. */
    leave(one: Waiting): Refuse | undefined {
      const { refuse, before, after } = one;
      if (!refuse) return undefined;
      if (before) before.after = after;
      else ends.first = after;
      if (after) after.before = before;
      else ends.last = before;
      one.refuse = one.before = one.after = undefined;
      return refuse;
    },
  };
}
