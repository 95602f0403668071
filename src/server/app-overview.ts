import { indexTexts } from "./background/index-texts.ts";
import { createTasks } from "./background/tasks.ts";
import type { WorkflowEvents } from "./events/workflow-events.ts";
import { dashboardRoutes } from "./features/dashboard/routes.ts";
import { metaRoutes } from "./features/meta/routes.ts";
import { searchRoutes } from "./features/search/routes.ts";
import { templateRoutes } from "./features/templates/routes.ts";
import { versionRoutes } from "./features/versions/routes.ts";
import { workflowRoutes } from "./features/workflows/routes.ts";
import type { Mount } from "./http/mount.ts";
import type { createStorage } from "./storage/storage.ts";
import { readVersion } from "./version.ts";

interface OverviewParts {
  storage: ReturnType<typeof createStorage>;
  events: WorkflowEvents;
  newId(): string;
  now(): Date;
  report(error: unknown): void;
  /** The simulated cluster, where there is one. */
  sandbox?: object | undefined;
}

/** What people have drawn: their workflows and versions, and what is said of all of them together. */
export function mountOverview(mount: Mount, { storage, events, newId, now, ...parts }: OverviewParts) {
  const { report, sandbox } = parts;
  workflowRoutes(mount, { ...storage, events, newId, now });
  versionRoutes(mount, { ...storage, events, now });
  dashboardRoutes(mount, { ...storage, now });
  templateRoutes(mount);
  searchRoutes(mount, storage);
  metaRoutes(mount, { version: readVersion(), hasSandbox: sandbox !== undefined });

  const tasks = createTasks(report);
  return {
    start: () => tasks.start((signal) => indexTexts(storage.searchIndex, report, signal)),
    stop: () => tasks.stop(),
  };
}
