import type { KubernetesObject } from "../../core/kubernetes-object.ts";
import type { Observation } from "./observe.ts";
import type { Projection } from "./projection.ts";
import type { WatchEvent } from "./watch-events.ts";

export interface Change {
  /** As the cluster told it; of what a list no longer names, as it was kept. */
  object: KubernetesObject;
  isGone: boolean;
}

/** What is kept of a source's objects, by uid. */
export function createCopy<Kept>({ keep, show, versionOf }: Projection<Kept>) {
  const byUid = new Map<string, Kept>();
  let unlisted = new Set<string>();

  function* list(objects: Iterable<KubernetesObject>): Generator<Change> {
    for (const object of objects) {
      const { uid = "", resourceVersion } = object.metadata;
      unlisted.delete(uid);
      const known = byUid.get(uid);
      if (known !== undefined && versionOf(known) === resourceVersion) continue;
      byUid.set(uid, keep(object));
      yield { object, isGone: false };
    }
  }

  function* forgetUnlisted(): Generator<Change> {
    for (const uid of unlisted) {
      const known = byUid.get(uid);
      byUid.delete(uid);
      if (known !== undefined) yield { object: show(known), isGone: true };
    }
    unlisted = new Set();
  }

  function* watch(events: WatchEvent[]): Generator<Change> {
    for (const { type, object } of events) {
      const { uid = "" } = object.metadata;
      const isGone = type === "DELETED";
      if (isGone) byUid.delete(uid);
      else byUid.set(uid, keep(object));
      yield { object, isGone };
    }
  }

  return {
    *objects(): Generator<KubernetesObject> {
      for (const kept of byUid.values()) yield show(kept);
    },

    /** What is news in an observation, one by one as it is taken in. A list speaks, by silence, of what is gone. */
    take(observation: Observation): Iterable<Change> {
      switch (observation.type) {
        case "listing":
          unlisted = new Set(byUid.keys());
          return [];
        case "page":
          return list(observation.objects);
        case "listed":
          return forgetUnlisted();
        case "watched":
          return watch(observation.events);
      }
    },
  };
}
