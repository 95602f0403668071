import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { unavailable } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import { inOurWords } from "../../cluster/rest.ts";
import type { Change, Following } from "../../cluster/watching.ts";

/** A pod, or what makes pods. */
export interface LogOwner {
  kind: string;
  namespace: string;
  name: string;
}

/** What stands between a workload and its pods. */
const between: Readonly<Record<string, { apiVersion: string; kind: string }>> = {
  Deployment: { apiVersion: "apps/v1", kind: "ReplicaSet" },
  CronJob: { apiVersion: "batch/v1", kind: "Job" },
};

/** What has logs, and the version it is asked by. */
export const loggedKinds: Readonly<Record<string, string>> = {
  Pod: "v1",
  Deployment: "apps/v1",
  StatefulSet: "apps/v1",
  DaemonSet: "apps/v1",
  ReplicaSet: "apps/v1",
  Job: "batch/v1",
  CronJob: "batch/v1",
};

const listMs = 15_000;

export interface FollowedPods {
  pods(): KubernetesObject[];
  /** Told from now on of each pod that came, changed or went. */
  watch(tell: (change: Change) => void): void;
  leave(): void;
}

/** The pods of one owner. Owners are known by name: one made anew goes on with the log. Fulfils once they are listed. */
export async function followPods(
  cluster: Pick<Cluster, "followAll" | "followWhole">,
  owner: LogOwner,
  signal: AbortSignal,
): Promise<FollowedPods> {
  const { kind, namespace, name } = owner;
  const middle = between[kind];
  const followings: Following[] = [];
  let tell: (change: Change) => void = () => undefined;
  const leave = () => {
    for (const following of followings.splice(0)) following.leave();
  };
  const controllers = () => [...(followings[1]?.objects() ?? [])];

  function isOwned({ metadata }: KubernetesObject): boolean {
    if (kind === "Pod") return metadata.name === name;
    const by = metadata.ownerReferences?.find(({ controller }) => controller);
    if (by?.kind === kind) return by.name === name;
    if (!middle || by?.kind !== middle.kind) return false;
    const above = controllers().find((each) => each.metadata.name === by.name);
    return above?.metadata.ownerReferences?.some((each) => each.kind === kind && each.name === name) ?? false;
  }
  const pods = () => [...(followings[0]?.objects() ?? [])].filter(isOwned);
  const onPod = (change: Change) => {
    if (isOwned(change.object)) tell(change);
  };
  // The pods of a new controller may have been told of before it was.
  const onController = ({ isGone }: Change) => {
    if (!isGone) for (const object of pods()) tell({ object, isGone: false });
  };

  try {
    followings.push(cluster.followWhole({ apiVersion: "v1", kind: "Pod", namespace }, onPod));
    if (middle) followings.push(cluster.followAll({ ...middle, namespace }, onController));
    await inTime(inOurWords(Promise.all(followings.map(({ listed }) => listed))), signal);
  } catch (error) {
    leave();
    throw error;
  }
  const watch = (next: typeof tell) => {
    tell = next;
  };
  return { pods, watch, leave };
}

async function inTime(listed: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const late = AbortSignal.any([signal, AbortSignal.timeout(listMs)]);
  const given = Promise.withResolvers<never>();
  late.addEventListener("abort", () => given.reject(unavailable("The cluster cannot be reached")), {
    once: true,
  });
  await Promise.race([listed, given.promise]);
}
