import { createLiveResources } from "./background/live-resources.ts";
import { createRunLooks } from "./background/look-after-runs.ts";
import { createResourceSync } from "./background/sync-resources.ts";
import { createTasks } from "./background/tasks.ts";
import type { Connections } from "./cluster/connections.ts";
import type { Hub } from "./events/hub.ts";
import { createResourceEvents } from "./events/resource-events.ts";
import { resourceRoutes } from "./features/resources/routes.ts";
import type { Mount } from "./http/mount.ts";
import type { createStorage } from "./storage/storage.ts";
import type { ClusterRow } from "./storage/tables.ts";

interface ResourceParts {
  storage: ReturnType<typeof createStorage>;
  connections: Connections;
  hub: Hub;
  newId(): string;
  now(): Date;
  report(error: unknown): void;
}

/** What is in clusters: read into the database by syncs, kept current while somebody looks, and told from there. */
export function mountResources(mount: Mount, { storage, connections, hub, ...parts }: ResourceParts) {
  const tasks = createTasks(parts.report);
  const events = createResourceEvents(hub);
  const connect = (row: ClusterRow) => connections.to(row);
  const syncing = createResourceSync({ ...storage, ...parts, tasks, connect });
  const live = createLiveResources({ ...storage, ...parts, events, connect });
  resourceRoutes(mount, { ...storage, ...parts, syncing, live, events, connect });

  return {
    live,
    ...createRunLooks({ ...storage, syncing, tasks }),
    async stop(): Promise<void> {
      await tasks.stop();
      await live.stop();
    },
  };
}
