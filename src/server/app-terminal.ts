import { terminalRoutes } from "./features/terminal/routes.ts";
import type { TerminalNeeds } from "./features/terminal/terminal-needs.ts";
import type { Mount } from "./http/mount.ts";

/** Terminals in pods. What is still to be cleared away in pods is waited for at the end. */
export function mountTerminal(mount: Mount, parts: Omit<TerminalNeeds, "finish">) {
  const finishing = new Set<Promise<void>>();
  function finish(work: Promise<void>): void {
    finishing.add(work);
    void work.finally(() => finishing.delete(work));
  }
  terminalRoutes(mount, { ...parts, finish });
  return { stop: async () => void (await Promise.all(finishing)) };
}
