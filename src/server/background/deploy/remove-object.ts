import { setTimeout as sleep } from "node:timers/promises";
import type { ObjectIdentity } from "../../../core/kubernetes-object.ts";
import { conflict } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";

interface Removing {
  cluster: Pick<Cluster, "read" | "remove">;
  signal: AbortSignal;
  underWay?: AbortSignal | undefined;
  patienceMs: number;
}

const lookMs = 200;
const longestMs = 60_000;

/** Deletes the object of that uid, and waits until it is gone: finalizers and pods may take their time. */
export async function removeAndWait({ cluster, ...asking }: Removing, doomed: ObjectIdentity): Promise<void> {
  const { uid, name } = doomed.metadata;
  await cluster.remove(doomed, asking);
  const untilMs = performance.now() + longestMs;
  while (performance.now() < untilMs) {
    const live = await cluster.read(doomed, asking);
    if (live?.metadata.uid !== uid) return;
    await sleep(lookMs, undefined, { signal: asking.signal });
  }
  throw conflict(`The ${doomed.kind} “${name}” is still being deleted`);
}
