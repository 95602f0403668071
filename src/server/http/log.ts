import { type Logger, pino } from "pino";
import type { Heard } from "./answers.ts";

export type Log = Logger;

/** Lines of JSON on the standard output. Nothing of a request but its method and its route: an address may hold a token. */
export function createLog(level: string): Log {
  return pino({ level, base: null });
}

const slowMs = 1_000;

/** Only what an operator would want to know of: answers that failed on our side, and slow ones. */
export function troubleLog(log: Log, route: string): Heard {
  return (method, status, ms) => {
    if (status < 500 && ms <= slowMs) return;
    log.warn({ method, route, status, ms: Math.round(ms) }, "Request");
  };
}
