import { fileURLToPath } from "node:url";
import { type Child, message, startChild } from "./child.ts";
import { inQuiet } from "./slices.ts";

interface Heard {
  ms: number;
  disorder: number;
  missed: number;
  wrong: number;
  p50Ms: number;
  p99Ms: number;
}

export interface LogSlice extends Heard {
  /** CPU of the server for each line that a reader was told. */
  cpuUsPerLine: number;
  noisy: boolean;
}

interface Asked {
  lines: number;
  /** As fast as they are read if left out. */
  perSecond?: number;
  isOneSlow?: boolean;
}

export type Audience = Awaited<ReturnType<typeof startAudience>>;

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A cluster, a server of one workload's log and its readers, each in a process of their own. */
export async function startAudience(server: "product" | "line by line", count: number) {
  const cluster = await startChild(file("./log-cluster.ts"), { core: 1 });
  const path = server === "product" ? "./log-server.ts" : "../baselines/line-by-line.js";
  const child = await startChild(file(path), { args: [cluster.url] });
  const readers = await startChild(file("./log-readers.ts"), { core: 1 });
  readers.process.send({ ask: "connect", url: child.url, count });
  await message(readers.process, "connected");

  async function write({ lines, perSecond = 0, isOneSlow = false }: Asked) {
    const before = await child.usage();
    readers.process.send({ ask: "hear", lines, isOneSlow });
    cluster.process.send({ ask: "write", lines, perSecond });
    const heard = (await message(readers.process, "heard")) as unknown as Heard;
    const cpuUs = (await child.usage()).cpuUs - before.cpuUs;
    return { ...heard, cpuUsPerLine: cpuUs / (lines * count) };
  }

  return {
    async slice(asked: Asked): Promise<LogSlice> {
      const { value, noisy } = await inQuiet([child, cluster, readers] as Child[], () => write(asked));
      return { ...value, noisy };
    },
    stop: () => Promise.all([readers.stop(), child.stop(), cluster.stop()]),
  };
}
