import { setTimeout as sleep } from "node:timers/promises";
import { statusOf } from "../../../core/logs/container-state.ts";
import { invalid, unavailable } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import { demandContainer, type Pod, readPod } from "./may-exec.ts";
import type { TerminalNeeds } from "./terminal-needs.ts";

const patienceMs = 60_000;
const lookMs = 250;
/** Longer than any terminal: it ends by itself where nobody can end it any more. */
const lastsSeconds = 9 * 3_600;

/** Says its number where all containers of a pod can write, for whoever ends it. A cluster makes one dollar of two. */
const script = `file=/dev/shm/$1; trap 'rm -f "$file"; exit 0' TERM INT HUP
echo $$$$ > "$file"; sleep ${lastsSeconds} & wait; rm -f "$file"`;

type Needs = Pick<TerminalNeeds, "debugImage" | "newId">;

/** Starts a container with tools beside the given one, sharing its processes, and answers with its name. */
export async function startDebugContainer(
  { debugImage, newId }: Needs,
  cluster: Pick<Cluster, "read" | "addDebugContainer">,
  pod: Pod,
  target: string,
  signal: AbortSignal,
): Promise<string> {
  const name = `orrery-debug-${newId().slice(-12)}`;
  const { namespace = "", name: podName } = pod.metadata;
  const container = {
    name,
    image: debugImage,
    command: ["sh", "-c", script, "orrery", name],
    targetContainerName: target,
    securityContext: noMoreThan(demandContainer(pod, target).securityContext),
  };
  await cluster.addDebugContainer({ namespace, pod: podName }, container, { signal });
  const untilMs = performance.now() + patienceMs;
  while (performance.now() < untilMs) {
    const now = await readPod(cluster, { namespace, name: podName }, signal);
    if (!now) throw invalid("The pod is gone from the cluster");
    if (hasStarted(now, name)) return name;
    await sleep(lookMs, undefined, { signal });
  }
  throw unavailable("The debug container did not start within a minute");
}

function hasStarted(pod: Pod, name: string): boolean {
  const { running, waiting, terminated } = statusOf(pod, name)?.state ?? {};
  if (running) return true;
  const reason = terminated ? (terminated.reason ?? "it ended") : waiting?.reason;
  if (terminated || /Err|BackOff|Invalid/.test(reason ?? ""))
    throw invalid(`The debug container did not start: ${String(reason).slice(0, 100)}`);
  return false;
}

/** It may do what the container beside it may, and is no way to more. */
function noMoreThan(theirs: Record<string, unknown> = {}): Record<string, unknown> {
  const { runAsUser, runAsGroup, runAsNonRoot, seccompProfile, capabilities } = theirs;
  const { drop } = (capabilities ?? {}) as { drop?: unknown };
  const given = { runAsUser, runAsGroup, runAsNonRoot, seccompProfile };
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(drop !== undefined && { capabilities: { drop } }),
    allowPrivilegeEscalation: false,
  };
}
