import { unavailable } from "../../core/problem.ts";

type Refuse = (error: unknown) => void;

interface Waiting {
  endMs: number;
  refuse: Refuse;
}

/** Refuses what takes too long. All have the same time, so one timer does for all: that of whoever has waited longest. */
export function createDeadline(ms: number) {
  const waiting = new Set<Waiting>();
  let isPlanned = false;

  function refuseLate(): void {
    isPlanned = false;
    const nowMs = performance.now();
    for (const each of waiting) {
      if (each.endMs > nowMs) {
        plan(each.endMs - nowMs);
        break;
      }
      waiting.delete(each);
      each.refuse(unavailable("The answer took too long"));
    }
  }

  function plan(inMs: number): void {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(refuseLate, Math.ceil(inMs)).unref();
  }

  /** Hands on what was promised, or refuses in time. The work may go on after that, but nobody waits for it. */
  return <T>(promised: Promise<T>, send: (value: T) => void, refuse: Refuse): void => {
    const one = { endMs: performance.now() + ms, refuse };
    waiting.add(one);
    plan(ms);
    promised
      .then(
        (value) => waiting.delete(one) && send(value),
        (error) => waiting.delete(one) && refuse(error),
      )
      .catch(refuse);
  };
}
