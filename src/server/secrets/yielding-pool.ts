import { readdirSync, readFileSync } from "node:fs";
import { constants, setPriority } from "node:os";

let isLowered = false;

/**
 * Lets the threads that hash give way to the one that answers, once they run: only Linux has a priority for each thread,
 * and knows Node's pool by this name. Where it can't be set, both share as the system has it.
 */
export function lowerPoolPriority(): void {
  if (isLowered || process.platform !== "linux") return;
  isLowered = true;
  try {
    for (const thread of readdirSync("/proc/self/task"))
      if (readFileSync(`/proc/self/task/${thread}/comm`, "utf8").startsWith("libuv-worker"))
        setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A system that refuses this is one to sign in on all the same.
  }
}
