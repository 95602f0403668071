import { monitorEventLoopDelay } from "node:perf_hooks";

// Plain JavaScript, like everything that is loaded into a process that is measured: stripping types takes memory.
const delay = monitorEventLoopDelay({ resolution: 1 });

/**
 * Says when a process is ready, and what it has used, when asked.
 * @param {Record<string, unknown>} ready
 */
export function reportUsage(ready) {
  delay.enable();
  process.on("message", (/** @type {{ ask?: string }} */ told) => {
    if (told.ask !== "usage") return;
    const { user, system } = process.cpuUsage();
    const lagP99Ms = delay.percentile(99) / 1e6;
    delay.reset();
    const rssMb = process.memoryUsage.rss() / 1_048_576;
    const handles = process.getActiveResourcesInfo().length;
    process.send?.({ type: "usage", cpuUs: user + system, rssMb, lagP99Ms, handles });
  });
  process.once("disconnect", () => process.exit(0));
  // Being listened to is no reason to stay up: a server ends when it has stopped.
  process.channel?.unref();
  process.send?.({ type: "ready", ...ready });
}

/**
 * For a baseline: listens on loopback, and says where.
 * @param {import("node:http").Server} server
 */
export function listenAndReport(server) {
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (address && typeof address === "object") reportUsage({ url: `http://127.0.0.1:${address.port}` });
  });
}
