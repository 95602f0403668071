import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { LogPart } from "../../cluster/logs.ts";
import { type FollowedPods, followPods, type LogOwner, loggedKinds } from "./followed-pods.ts";
import { followRuns, type MarkedRuns } from "./followed-runs.ts";
import { createKnownSecrets, type KnownSecrets, type SecretNeeds } from "./known-secrets.ts";
import type { LogForm } from "./log-frames.ts";
import { createLogSources, type LogSources } from "./log-sources.ts";
import { createMergedLog, type MergedLog } from "./merged-log.ts";
import { type Frames, tellOn, tellOnce } from "./tell-logs.ts";

interface LogStreamNeeds extends SecretNeeds {
  runs: SecretNeeds["runs"] & MarkedRuns;
}

const lookMs = 10_000;
const startMs = 30_000;

export interface LogRequest {
  /** Of which the runs are told between the lines. */
  workflow_id: string | null;
  cluster_id: string;
  cluster: Cluster;
  owner: LogOwner;
  container: string | undefined;
  form: LogForm;
  part: LogPart;
  previous: boolean;
  lastId: string | undefined;
  /** Aborts when the reader has left, whether or not it has read anything. */
  gone: AbortSignal;
}

export type LogStreams = ReturnType<typeof createLogStreams>;

/** What those who read the same share. */
interface Shared {
  merged: MergedLog;
  followed: FollowedPods;
  secrets: KnownSecrets;
  stop(): void;
  readers: number;
}

interface At {
  sources: LogSources;
  shared: Map<string, Promise<Shared>>;
}

/** All logs that are read just now: whoever reads what somebody else reads already costs no more than being told. */
export function createLogStreams(needs: LogStreamNeeds) {
  const clusters = new WeakMap<Cluster, At>();

  function at(cluster: Cluster): At {
    const known = clusters.get(cluster) ?? { sources: createLogSources(cluster), shared: new Map() };
    clusters.set(cluster, known);
    return known;
  }

  return {
    /** Fulfils when there is something to tell; what is told is made as it is asked for. */
    async follow(request: LogRequest): Promise<(end: AbortSignal) => Frames> {
      const { merged, followed, secrets } = await share(needs, at(request.cluster), request);
      return (end) => tellOn(merged, { ...request, secrets, pods: followed.pods }, end);
    },

    /** What has been written until now. */
    async read(request: LogRequest): Promise<(end: AbortSignal) => Frames> {
      const { cluster, owner, gone } = request;
      const followed = await followPods(cluster, owner, gone);
      const pods = followed.pods();
      followed.leave();
      const secrets = createKnownSecrets(needs, request);
      for (const pod of pods) await secrets.learn(pod, gone);
      return (end) => tellOnce({ ...request, secrets, pods: () => pods }, end);
    },
  };
}

/** What others read already, or started for all who read it; the last to leave ends it. */
async function share(needs: LogStreamNeeds, { sources, shared }: At, request: LogRequest): Promise<Shared> {
  const { owner, form, container, gone } = request;
  const key = JSON.stringify([owner, form, container]);
  const starting = shared.get(key) ?? start(needs, sources, request);
  shared.set(key, starting);
  const forget = () => {
    if (shared.get(key) === starting) shared.delete(key);
  };
  const opened = await starting.catch((error) => {
    forget();
    throw error;
  });
  opened.readers += 1;
  const leave = () => {
    opened.readers -= 1;
    if (opened.readers > 0) return;
    forget();
    opened.stop();
    opened.merged.close();
  };
  if (gone.aborted) leave();
  else gone.addEventListener("abort", leave, { once: true });
  return opened;
}

async function start(needs: LogStreamNeeds, sources: LogSources, request: LogRequest): Promise<Shared> {
  const { cluster, owner, form, container } = request;
  // Not ended with whoever happens to be the first reader.
  const followed = await followPods(cluster, owner, AbortSignal.timeout(startMs));
  const secrets = createKnownSecrets(needs, request);
  const isOver = () => hasEnded(cluster, owner, followed);
  const merged = createMergedLog({ sources, secrets, followed, form, container, isOver });
  try {
    await merged.start();
    const stop = followRuns(needs.runs, request.workflow_id, (marker) => merged.say("marker", marker));
    return { merged, followed, secrets, stop, readers: 0 };
  } catch (error) {
    merged.close();
    throw error;
  }
}

/** Whether no pod can follow those that are there: a pod has but itself, a Job is done at some time, all else is deleted. */
async function hasEnded(cluster: Cluster, { kind, namespace, name }: LogOwner, followed: FollowedPods) {
  const signal = AbortSignal.timeout(lookMs);
  const apiVersion = loggedKinds[kind] ?? "v1";
  const owner = await cluster.read({ apiVersion, kind, metadata: { namespace, name } }, { signal });
  if (!owner) return followed.pods().length === 0;
  if (kind === "Pod") return isPodOver(owner);
  return kind === "Job" && isJobOver(owner);
}

function isPodOver({ status }: KubernetesObject): boolean {
  const { phase } = (status ?? {}) as { phase?: string };
  return phase === "Succeeded" || phase === "Failed";
}

function isJobOver({ status }: KubernetesObject): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: { type: string; status: string }[] };
  return conditions.some(
    (each) => each.status === "True" && (each.type === "Complete" || each.type === "Failed"),
  );
}
