import { createResourceSync } from "./background/sync-resources.ts";
import { createTasks } from "./background/tasks.ts";
import type { Connections } from "./cluster/connections.ts";
import { resourceRoutes } from "./features/resources/routes.ts";
import type { Mount } from "./http/mount.ts";
import type { createStorage } from "./storage/storage.ts";
import type { ClusterRow } from "./storage/tables.ts";

interface ResourceParts {
  storage: ReturnType<typeof createStorage>;
  connections: Connections;
  newId(): string;
  now(): Date;
  report(error: unknown): void;
}

/** What is in clusters: read into the database by syncs, and from there by requests. */
export function mountResources(mount: Mount, { storage, connections, newId, now, report }: ResourceParts) {
  const tasks = createTasks(report);
  const connect = (row: ClusterRow) => connections.to(row);
  const syncing = createResourceSync({ ...storage, tasks, connect, newId, now });
  resourceRoutes(mount, { ...storage, syncing, newId, now, report });
  return { stop: () => tasks.stop() };
}
