import { mountLogs } from "./app-logs.ts";
import { createClusterViews } from "./background/cluster-views.ts";
import type { DeployTiming } from "./background/deploy/deploy-needs.ts";
import { createExecutor } from "./background/deploy/execute-runs.ts";
import { runAccess } from "./background/deploy/run-access.ts";
import { keepFollowed } from "./background/keep-followed.ts";
import { createTasks } from "./background/tasks.ts";
import type { Connections } from "./cluster/connections.ts";
import type { RunEvents } from "./events/run-events.ts";
import type { WorkflowEvents } from "./events/workflow-events.ts";
import { runRoutes } from "./features/workflows/run-routes.ts";
import type { Mount } from "./http/mount.ts";
import type { Sealing } from "./secrets/sealing.ts";
import type { createStorage } from "./storage/storage.ts";
import type { ClusterRow, RunRow } from "./storage/tables.ts";

interface RunParts {
  storage: ReturnType<typeof createStorage>;
  sealing: Sealing;
  valueHash(text: string): string;
  connections: Connections;
  events: WorkflowEvents;
  runEvents: RunEvents;
  timing: DeployTiming;
  ended(run: RunRow): void;
  newId(): string;
  now(): Date;
  report(error: unknown): void;
}

/** Runs: asked for by requests, executed in the background, taken up after a crash. */
export function mountRuns(mount: Mount, { storage, sealing, valueHash, connections, ...parts }: RunParts) {
  const { events, runEvents, timing, ended, newId, now, report } = parts;
  // Names this process among all that may share the database.
  const owner = newId();
  const tasks = createTasks(report);
  const views = createClusterViews({ ...storage, events, report });
  const connect = (row: ClusterRow) => connections.to(row);
  const clusterOf = async (cluster_id: string) => {
    const row = await storage.clusters.find(cluster_id);
    if (!row) throw new Error(`No cluster ${cluster_id}, though something refers to it`);
    return { row, ...views.of(row.id, connect(row)) };
  };
  const access = runAccess(storage);
  /** In somebody else's cluster a run does what its user may do at that moment. */
  const connectionOf = async (run: RunRow) => {
    const { row, cluster, view } = await clusterOf(run.cluster_id);
    if (row.owner_id === run.owner_id) return { cluster, view };
    return { view, cluster: { ...cluster, ...cluster.within((request) => access.demand(run, request)) } };
  };
  const sealed = sealedWithRuns(sealing);
  const { mayGoOn } = access;
  const allowed = { connectionOf, mayGoOn };
  const deploying = { ...storage, ...sealed, ...allowed, valueHash, runEvents, now, report, timing };
  const executor = createExecutor({ ...deploying, tasks, owner, ended });
  const { start: execute, cancel } = executor;
  const { valueHashes } = sealing;
  const keyed = { valueHash, valueHashes };
  const running = { ...sealed, ...keyed, connect, execute, cancel, owner, leaseMs: timing.leaseMs };
  mountLogs(mount, { storage, connections, openValues: sealed.openValues, newId, now });
  runRoutes(mount, { ...storage, ...running, events, newId, now });

  return {
    async start(): Promise<void> {
      await executor.begin();
      const viewOf = async (cluster_id: string) => (await clusterOf(cluster_id)).view;
      const { inventory } = storage;
      tasks.start((signal) => keepFollowed({ inventory, viewOf, views, report }, signal));
    },
    async stop(): Promise<void> {
      executor.stop();
      views.stop();
      await tasks.stop();
    },
  };
}

/** What a run was given, and the Secrets it found, are sealed with the run. */
function sealedWithRuns({ open, seal }: Sealing) {
  const place = (row: string, owner: string) => ({ table: "runs", row, owner, field: "sealed_values" });
  const stateOf = ({ id, owner_id }: RunRow, object_key: string) => ({
    ...{ table: "preimages", row: `${id} ${object_key}`, owner: owner_id, field: "state" },
  });
  return {
    openValues: ({ id, owner_id, sealed_values }: RunRow) => open(sealed_values ?? "", place(id, owner_id)),
    sealValues: (run_id: string, owner_id: string, text: string) => seal(text, place(run_id, owner_id)),
    openState: (run: RunRow, object_key: string, text: string) => open(text, stateOf(run, object_key)),
    sealState: (run: RunRow, object_key: string, text: string) => seal(text, stateOf(run, object_key)),
  };
}
