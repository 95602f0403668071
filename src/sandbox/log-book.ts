import type { Change, History } from "./history.ts";
import { at, type JsonMap, list, number, type Obj, text } from "./objects.ts";

/** One run of a container, in milliseconds; one that goes on has no end. */
export interface Run {
  from: number;
  until: number;
  restarts: number;
}

export type LogBook = ReturnType<typeof createLogBook>;

/** When each container ran, more exactly than its status says: the present run of it, and the one before. */
export function createLogBook(history: Pick<History, "listen">) {
  const pods = new Map<string, Map<string, Run[]>>();

  function note({ type, object }: Change): void {
    if (object.kind !== "Pod") return;
    const { uid } = object.metadata;
    const runs = pods.get(uid) ?? new Map<string, Run[]>();
    pods.set(uid, runs);
    for (const status of statusesOf(object)) {
      const name = text(status.name);
      runs.set(name, afterStatus(runs.get(name) ?? [], status, type === "DELETED"));
    }
    if (type === "DELETED") pods.delete(uid);
  }

  history.listen(note);
  return {
    runs: ({ metadata }: Obj, container: string): Run[] => pods.get(metadata.uid)?.get(container) ?? [],
  };
}

export function statusesOf({ status }: Obj): JsonMap[] {
  return [...list(status?.containerStatuses), ...list(status?.initContainerStatuses)];
}

function afterStatus(runs: readonly Run[], status: JsonMap, isGone: boolean): Run[] {
  const [newest, ...older] = runs;
  const restarts = number(status.restartCount, 0);
  const started = at(status, "state", "running", "startedAt");
  const isSame = newest?.until === Number.POSITIVE_INFINITY && newest.restarts === restarts;
  const goesOn = started !== undefined && !isGone;
  if (newest && isSame && goesOn) return [...runs];
  if (newest?.until === Number.POSITIVE_INFINITY) newest.until = Date.now();
  if (!goesOn) return newest ? [newest, ...older] : [];
  // One that was there before this server was has its status alone to tell when it began.
  const now = Date.now();
  const begun = Date.parse(text(started));
  const from = Math.max(now - begun > 2_000 ? begun : now, (newest?.until ?? 0) + 1);
  const next = { from, until: Number.POSITIVE_INFINITY, restarts };
  return newest ? [next, newest] : [next];
}
