import { fromJsonText } from "../../core/json-text.ts";
import { Problem } from "../../core/problem.ts";
import { type Kind, kindKey, syncedKinds } from "../../core/resources/kinds.ts";
import type { ClusterStore } from "../storage/clusters.ts";
import type { RunStore } from "../storage/runs.ts";
import type { RunRow } from "../storage/tables.ts";
import type { ResourceSync } from "./sync-resources.ts";
import type { Tasks } from "./tasks.ts";

interface Needs {
  runs: Pick<RunStore, "find">;
  clusters: Pick<ClusterStore, "find">;
  syncing: Pick<ResourceSync, "look">;
  tasks: Pick<Tasks, "start">;
}

/** A kind, in a namespace or in none. */
interface Look extends Kind {
  namespace: string;
}

/** After a run, what it has made or removed, and what controllers have made of that, is read where it is. */
export function createRunLooks({ runs, clusters, syncing, tasks }: Needs) {
  const waiting = new Map<string, Map<string, Look>>();

  /** Runs that end while a cluster is being read are read together next. */
  async function drain(cluster_id: string, signal: AbortSignal): Promise<void> {
    const looks = waiting.get(cluster_id) ?? new Map<string, Look>();
    while (looks.size > 0 && !signal.aborted) {
      const batch = [...looks.values()];
      looks.clear();
      await read(cluster_id, batch, signal);
    }
    waiting.delete(cluster_id);
  }

  async function read(cluster_id: string, looks: readonly Look[], signal: AbortSignal): Promise<void> {
    const row = await clusters.find(cluster_id);
    if (!row) return;
    for (const [namespace, kinds] of Map.groupBy(looks, (look) => look.namespace))
      await syncing.look(row, kinds, namespace, signal).catch(unlessAway);
  }

  async function note({ id, cluster_id, workflow_id }: RunRow): Promise<void> {
    const plan = (await runs.find(workflow_id, id))?.plan;
    if (!plan) return;
    const { nodes, removed } = fromJsonText(plan);
    const objects = [...nodes.flatMap((node) => node.objects), ...removed];
    // What was left as it was is known from before.
    const changed = objects.filter(({ action }) => action !== "none" && action !== "keep");
    const looks = changed.flatMap(({ key }) => looksFor(key));
    if (looks.length === 0) return;
    const known = waiting.get(cluster_id);
    const all = known ?? new Map<string, Look>();
    for (const look of looks) all.set(`${kindKey(look)}/${look.namespace}`, look);
    waiting.set(cluster_id, all);
    if (!known) tasks.start((signal) => drain(cluster_id, signal));
  }

  return { ended: (run: RunRow): void => tasks.start(() => note(run)) };
}

/** What controllers make of a kind. */
const madeOf: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["ReplicaSet", "Pod"],
  StatefulSet: ["Pod", "PersistentVolumeClaim"],
  DaemonSet: ["Pod"],
  Job: ["Pod"],
  CronJob: ["Job", "Pod"],
};

function looksFor(key: string): Look[] {
  const [group = "", kind = "", namespace = ""] = key.split("/");
  const own = syncedKinds.find(
    (each) => kindKey({ apiVersion: each[0], kind: each[1] }) === `${group}/${kind}`,
  );
  if (!own) return [];
  const made = syncedKinds.filter((each) => madeOf[kind]?.includes(each[1]));
  return [own, ...made].map(([apiVersion, name]) => ({ apiVersion, kind: name, namespace }));
}

/** What is not read now is read by the next sync. */
function unlessAway(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}
