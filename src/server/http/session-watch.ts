import type { Gate } from "./caller.ts";
import { createWatch } from "./watch.ts";

export type SessionWatch = ReturnType<typeof createSessionWatch>["watch"];

/** Ends what is open when its session has ended. */
export function createSessionWatch({ stillWelcome }: Pick<Gate, "stillWelcome">, everyMs: number) {
  return createWatch(stillWelcome, everyMs);
}
