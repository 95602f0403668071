import { unavailable } from "../../core/problem.ts";

/** What was promised or, once that has taken too long, a refusal. The work may go on, but nobody waits for it. */
export function inTime<T>(ms: number, promised: Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const enough = setTimeout(() => reject(unavailable("The answer took too long")), ms);
  promised.then(resolve, reject).finally(() => clearTimeout(enough));
  return promise;
}
