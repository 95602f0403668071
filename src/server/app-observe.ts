import type { createLive } from "./app-live.ts";
import { mountResources } from "./app-resources.ts";
import { mountTerminal } from "./app-terminal.ts";
import type { Connections } from "./cluster/connections.ts";
import type { Config } from "./config.ts";
import type { Mount } from "./http/mount.ts";
import type { createStorage } from "./storage/storage.ts";

interface ObserveParts extends Pick<ReturnType<typeof createLive>, "hub" | "liveRoutes"> {
  storage: ReturnType<typeof createStorage>;
  connections: Connections;
  config: Config;
  newId(): string;
  now(): Date;
  report(error: unknown): void;
}

/** Looking into clusters: what is in them, how it changes, and terminals in their pods. */
export function mountObserving(mount: Mount, { liveRoutes, config, hub, ...parts }: ObserveParts) {
  const { ended, live, stop } = mountResources(mount, { ...parts, hub });
  const terminals = mountTerminal(mount, { ...parts.storage, ...config, ...parts });
  liveRoutes(mount, live);
  return {
    ended,
    stop: async () => void (await Promise.all([stop(), terminals.stop()])),
  };
}
