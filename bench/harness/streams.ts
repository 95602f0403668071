import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Child, message, startChild } from "./child.ts";
import { inQuiet } from "./slices.ts";

/** What all clients of one server heard of one slice. */
export interface Heard {
  messages: number;
  /** Events that were said and not heard: where states replace one another, that is no loss. */
  unheard: number;
  /** Events that were told and not heard, without it being said. */
  skipped: number;
  doubled: number;
  disorder: number;
  gaps: number;
  /** Clients that do not end in the server's state. */
  astray: number;
  p50Ms: number;
  p99Ms: number;
}

export interface StreamSlice extends Heard {
  /** CPU of the server, for each event said, and for each message a client was told. */
  cpuUsEach: number;
  cpuUsPerMessage: number;
  noisy: boolean;
}

interface Talk {
  events: number;
  perSecond: number;
  nodes: number;
  /** How many clients stop reading meanwhile, and for how long. */
  pausing?: number;
  pauseMs?: number;
}

export type Crowd = Awaited<ReturnType<typeof startCrowd>>;

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** How long after the load memory is measured. */
const settledMs = 5_000;

/** A server of one stream and its many clients, each in a process of their own. */
export async function startCrowd(server: "product" | "bare", count: number, args: string[] = []) {
  const path = server === "product" ? "./stream-server.ts" : "../baselines/broadcast.js";
  const child = await startChild(file(path), { args });
  const clients = await startChild(file("./listeners.ts"), { core: 1 });
  const before = await child.usage();
  const connect = async () => {
    clients.process.send({ ask: "connect", url: child.url, count });
    await message(clients.process, "connected");
  };
  await connect();
  await sleep(settledMs);
  const connectedMb = (await child.usage()).rssMb - before.rssMb;

  async function talk({ events, perSecond, nodes, pausing = 0, pauseMs = 0 }: Talk) {
    const before = await child.usage();
    if (pausing > 0) clients.process.send({ ask: "pause", pausing, pauseMs });
    child.process.send({ ask: "talk", events, perSecond, nodes });
    const { last } = await message(child.process, "said");
    clients.process.send({ ask: "settle", last, events, nodes });
    const heard = (await message(clients.process, "heard")) as unknown as Heard;
    const cpuUs = (await child.usage()).cpuUs - before.cpuUs;
    return { ...heard, cpuUsEach: cpuUs / events, cpuUsPerMessage: cpuUs / Math.max(1, heard.messages) };
  }

  return {
    /** What a client takes of the server's memory. */
    kbEach: (connectedMb * 1_024) / count,
    usage: child.usage,
    /** What the server had open before anybody came. */
    handlesBefore: before.handles,
    connect,
    async leave(): Promise<void> {
      clients.process.send({ ask: "leave" });
      await message(clients.process, "left");
    },
    async slice(asked: Talk): Promise<StreamSlice> {
      const { value, noisy } = await inQuiet([child, clients] as Child[], () => talk(asked));
      return { ...value, noisy };
    },
    stop: () => Promise.all([clients.stop(), child.stop()]),
  };
}

/** The sum of what must not be, over slices. */
export function sumOf(slices: readonly Heard[], of: keyof Heard): number {
  return slices.reduce((sum, slice) => sum + slice[of], 0);
}
