import { createLogStreams } from "./background/logs/log-streams.ts";
import type { Connections } from "./cluster/connections.ts";
import { logRoutes } from "./features/logs/routes.ts";
import type { Mount } from "./http/mount.ts";
import type { createStorage } from "./storage/storage.ts";
import type { RunRow } from "./storage/tables.ts";

interface LogParts {
  storage: ReturnType<typeof createStorage>;
  connections: Connections;
  openValues(run: RunRow): string;
  newId(): string;
  now(): Date;
}

/** Logs: read from clusters as they are written, and from nowhere else. */
export function mountLogs(mount: Mount, { storage, connections, openValues, ...parts }: LogParts): void {
  const streams = createLogStreams({ ...storage, openValues });
  logRoutes(mount, { ...storage, ...parts, streams, connect: connections.to });
}
