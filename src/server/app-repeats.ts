import { forgetRepeats } from "./background/forget-repeats.ts";
import { createTasks } from "./background/tasks.ts";
import type { Config } from "./config.ts";
import type { Repeats } from "./http/repeats.ts";
import { createBodyHash } from "./secrets/body-hash.ts";
import type { RepeatStore } from "./storage/repeats.ts";

/** Requests that may be sent again, known by a keyed hash of what they carried. */
export function createRepeats(store: RepeatStore, { jwtSecret }: Pick<Config, "jwtSecret">): Repeats {
  const hashOf = createBodyHash(jwtSecret);
  return { begin: ({ body, ...asked }) => store.begin({ ...asked, body_hash: hashOf(body) }) };
}

export function createForgetting(store: RepeatStore, report: (error: unknown) => void) {
  const tasks = createTasks(report);
  return {
    start: () => tasks.start((signal) => forgetRepeats(store, report, signal)),
    stop: () => tasks.stop(),
  };
}
