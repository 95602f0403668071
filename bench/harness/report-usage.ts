import { monitorEventLoopDelay } from "node:perf_hooks";

const delay = monitorEventLoopDelay({ resolution: 1 });

/** Loaded into every process that is measured: says when it is ready, and what it has used, when asked. */
export function reportUsage(ready: Record<string, unknown>): void {
  delay.enable();
  process.on("message", (told: { ask?: string }) => {
    if (told.ask !== "usage") return;
    const { user, system } = process.cpuUsage();
    const lagP99Ms = delay.percentile(99) / 1e6;
    delay.reset();
    const rssMb = process.memoryUsage.rss() / 1_048_576;
    process.send?.({ type: "usage", cpuUs: user + system, rssMb, lagP99Ms });
  });
  process.once("disconnect", () => process.exit(0));
  process.send?.({ type: "ready", ...ready });
}
