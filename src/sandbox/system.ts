import { createHash } from "node:crypto";
import { copy, type JsonMap, type Obj, same } from "./objects.ts";
import { apiVersionOf, type Resource } from "./resources.ts";
import { StatusError } from "./status.ts";
import type { Store } from "./store.ts";
import type { Writes } from "./writes.ts";

export type System = ReturnType<typeof createSystem>;

const controllerManager = "kube-controller-manager";

/** What the cluster's own parts do their work with. */
export function createSystem(store: Store, writes: Writes, pace: number) {
  const timers = new Set<NodeJS.Timeout>();
  const events = new Map<string, Obj>();

  function resource(kind: string): Resource {
    const found = store.resources.find((each) => each.kind === kind);
    if (!found) throw new Error(`The sandbox knows no ${kind}`);
    return found;
  }

  function asked(object: Pick<Obj, "kind" | "metadata">, subresource = "", manager = controllerManager) {
    const { name, namespace = "" } = object.metadata;
    return {
      resource: resource(object.kind),
      namespace,
      name,
      subresource,
      manager,
      isForced: false,
      isDryRun: false,
      isStrict: false,
    };
  }

  const current = (object: Pick<Obj, "kind" | "metadata">): Obj | undefined => {
    const found = store.find(resource(object.kind), object.metadata.namespace ?? "", object.metadata.name);
    return found?.metadata.uid === object.metadata.uid ? found : undefined;
  };

  return {
    current,
    list: (kind: string, namespace = ""): Obj[] => store.all(resource(kind), namespace),
    find: (kind: string, namespace: string, name: string): Obj | undefined =>
      store.find(resource(kind), namespace, name),

    /** Later, in the sandbox's own time; never after it has been stopped. */
    after(ms: number, work: () => void): void {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, ms * pace);
      timer.unref();
      timers.add(timer);
    },

    create(kind: string, object: JsonMap): Obj {
      const sent = { apiVersion: apiVersionOf(resource(kind)), kind, ...object };
      return writes.create(asked(sent as unknown as Obj), sent as JsonMap);
    },

    /** Changes an object as it is now; nothing is written where that changes nothing. */
    change(
      object: Obj,
      how: (draft: Obj) => void,
      subresource = "",
      manager = controllerManager,
    ): Obj | undefined {
      const now = current(object);
      if (!now) return undefined;
      const draft = copy(now);
      how(draft);
      if (same(draft, now)) return now;
      return writes.update(asked(now, subresource, manager), draft as unknown as JsonMap);
    },

    remove(object: Obj): void {
      const now = current(object);
      if (now) writes.remove(asked(now), {});
    },

    /** Tells what happened; the same thing again only counts up. */
    event(about: Obj, type: "Normal" | "Warning", reason: string, message: string): void {
      const { namespace = "default", name, uid } = about.metadata;
      const id = createHash("sha256").update([uid, reason, message].join()).digest("hex").slice(0, 16);
      const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
      const known = events.get(id);
      const seen = known && current(known);
      if (seen) {
        const count = (seen as { count?: number }).count ?? 1;
        this.change(seen, (draft) => Object.assign(draft, { count: count + 1, lastTimestamp: now }));
        return;
      }
      const involvedObject = { apiVersion: about.apiVersion, kind: about.kind, name, namespace, uid };
      const metadata = { name: `${name}.${id}`.slice(-253), namespace };
      const told = {
        metadata,
        involvedObject,
        type,
        reason,
        message,
        count: 1,
        firstTimestamp: now,
        lastTimestamp: now,
        source: { component: "sandbox" },
      };
      try {
        events.set(id, this.create("Event", told));
      } catch (error) {
        // A namespace on its way out takes no more events.
        if (!(error instanceof StatusError)) throw error;
      }
    },

    stop(): void {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

export function ownerOf(object: Obj): { kind: string; name: string; uid: string } | undefined {
  return object.metadata.ownerReferences?.find(({ controller }) => controller);
}

export function ownedBy(owner: Obj) {
  const { apiVersion, kind, metadata } = owner;
  const { name, uid } = metadata;
  return [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }];
}

export function hashOf(value: unknown): string {
  const digest = createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 10);
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
