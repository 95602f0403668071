import { createHash } from "node:crypto";
import type { Asked, DeleteOptions } from "./asked.ts";
import { createEvents, type TellEvent } from "./events.ts";
import { copy, isMap, type JsonMap, type Obj, same } from "./objects.ts";
import { apiVersionOf, type Resource } from "./resources.ts";
import type { Store } from "./store.ts";
import type { Writes } from "./writes.ts";

type Identified = Pick<Obj, "kind" | "metadata">;

/** What the cluster's own parts do their work with. */
export interface System {
  /** The object as it is now, unless it is gone or another one has its name. */
  current(object: Identified): Obj | undefined;
  list(kind: string, namespace?: string): Obj[];
  find(kind: string, namespace: string, name: string): Obj | undefined;
  /** Later, in the sandbox's own time; never after it has been stopped. */
  after(ms: number, work: () => void): void;
  /** Later, by the clock on the wall. */
  at(ms: number, work: () => void): void;
  /** Later and perhaps many times: at no pace so often that it keeps the server busy. */
  retry(ms: number, work: () => void): void;
  create(kind: string, object: JsonMap): Obj;
  /** Changes an object as it is now; nothing is written where that changes nothing. */
  change(object: Obj, how: (draft: Obj) => void, subresource?: string, manager?: string): Obj | undefined;
  remove(object: Obj, options?: DeleteOptions): void;
  event: TellEvent;
  /** What controllers are already at, so that they do not begin twice. */
  busy: Set<string>;
  stop(): void;
}

const controllerManager = "kube-controller-manager";

export function createSystem(store: Store, writes: Writes, pace: number, complain: Complain): System {
  const timers = createTimers(pace, complain);
  const resource = (kind: string) => resourceOf(store, kind);
  const find = (kind: string, namespace: string, name: string) => store.find(resource(kind), namespace, name);

  function asked({ kind, metadata }: Identified, subresource = "", manager = controllerManager): Asked {
    const { name, namespace = "" } = metadata;
    const flags = { isForced: false, isDryRun: false, isStrict: false, duplicates: [] };
    return { resource: resource(kind), namespace, name, subresource, manager, ...flags };
  }

  function current({ kind, metadata }: Identified): Obj | undefined {
    const found = find(kind, metadata.namespace ?? "", metadata.name);
    return found?.metadata.uid === metadata.uid ? found : undefined;
  }

  function create(kind: string, object: JsonMap): Obj {
    const sent: JsonMap = { apiVersion: apiVersionOf(resource(kind)), kind, ...object };
    const { namespace, name } = sent.metadata as { namespace?: string; name?: string };
    return writes.create(asked({ kind, metadata: { namespace, name } as Obj["metadata"] }), sent);
  }

  function change(object: Obj, how: (draft: Obj) => void, subresource = "", manager = controllerManager) {
    const now = current(object);
    if (!now) return undefined;
    const draft = copy(now);
    how(draft);
    return same(draft, now)
      ? now
      : writes.update(asked(now, subresource, manager), draft as unknown as JsonMap);
  }

  return {
    ...{ current, find, create, change },
    list: (kind, namespace = "") => store.all(resource(kind), namespace),
    after: timers.after,
    at: timers.at,
    retry: timers.retry,
    remove(object, options = {}) {
      const now = current(object);
      if (now) writes.remove(asked(now), options);
    },
    event: createEvents({ current, create, change }),
    busy: new Set(),
    stop: timers.stop,
  };
}

function resourceOf(store: Store, kind: string): Resource {
  const found = store.resources.find((each) => each.kind === kind);
  if (!found) throw new Error(`The sandbox knows no ${kind}`);
  return found;
}

const longestTimer = 2_000_000_000;
const shortestRetry = 50;

function createTimers(pace: number, complain: Complain) {
  const timers = new Set<NodeJS.Timeout>();
  function at(ms: number, work: () => void): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        attempt(work, complain);
      },
      Math.min(Math.max(ms, 0), longestTimer),
    );
    timer.unref();
    timers.add(timer);
  }
  return {
    at,
    after: (ms: number, work: () => void) => at(ms * pace, work),
    retry: (ms: number, work: () => void) => at(Math.max(ms * pace, shortestRetry), work),
    stop(): void {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** A controller that stumbles must not take the server along; what it stumbled over is kept for tests to see. */
export function attempt(work: () => void, complain: Complain): void {
  try {
    work();
  } catch (error) {
    complain(error);
  }
}

export type Complain = (error: unknown) => void;

export function ownerOf(object: Obj): { kind: string; name: string; uid: string } | undefined {
  return object.metadata.ownerReferences?.find(({ controller }) => controller);
}

export function ownedBy(owner: Obj) {
  const { apiVersion, kind, metadata } = owner;
  const { name, uid } = metadata;
  return [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }];
}

/** The same for the same content, whatever the order of its keys. */
export function hashOf(value: unknown): string {
  const sorted = JSON.stringify(value, (_, inner) =>
    isMap(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
  const digest = createHash("sha256").update(sorted).digest("hex").slice(0, 10);
  return [...digest].map((digit) => "bcdfghjklmnpqrst"[Number.parseInt(digit, 16)]).join("");
}

export const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, "Z");

/** Replaces a condition; its time changes only with its status. */
export function withCondition(
  conditions: JsonMap[],
  type: string,
  status: "True" | "False" | "Unknown",
  reason: string,
  message: string,
): JsonMap[] {
  const old = conditions.find((each) => each.type === type);
  const lastTransitionTime = old?.status === status ? (old.lastTransitionTime ?? now()) : now();
  const fresh = { type, status, ...(reason && { reason }), ...(message && { message }), lastTransitionTime };
  return [...conditions.filter((each) => each.type !== type), fresh];
}
