import type { KubernetesObject } from "../../core/kubernetes-object.ts";
import type { Listing, Selectors } from "./listing.ts";
import { type Observation, observe } from "./observe.ts";
import { ClusterRefusal } from "./rest.ts";

/** One list and watch: a kind, in all namespaces or in one. */
export interface Scope extends Selectors {
  apiVersion: string;
  kind: string;
  namespace?: string;
}

export interface Change {
  object: KubernetesObject;
  isGone: boolean;
}

/** A shared, live copy of what a scope selects. */
export interface Following {
  /** Fulfils with the first list; rejects if the cluster will not have it. */
  listed: Promise<void>;
  objects(): Iterable<KubernetesObject>;
  leave(): void;
}

/** How long a watch goes on after its last reader has left: the next run usually asks for the same. */
const lingerMs = 60_000;

/** All watches of one cluster. Whoever asks for the same scope shares one list, one watch and one copy. */
export function createWatching(listingOf: (scope: Scope) => Promise<Listing>) {
  const open = new Map<string, Source>();

  function sourceOf(scope: Scope): Source {
    const key = JSON.stringify([
      scope.apiVersion,
      scope.kind,
      scope.namespace,
      scope.labelSelector,
      scope.fieldSelector,
    ]);
    const known = open.get(key);
    if (known) return known;
    const source = createSource(
      () => listingOf(scope),
      () => open.delete(key),
    );
    open.set(key, source);
    return source;
  }

  return {
    follow(scope: Scope, tell: (change: Change) => void): Following {
      return sourceOf(scope).join(tell);
    },
    count: () => open.size,
    close(): void {
      for (const source of open.values()) source.stop();
    },
  };
}

interface Source {
  join(tell: (change: Change) => void): Following;
  stop(): void;
}

function createSource(listing: () => Promise<Listing>, forget: () => void): Source {
  const copy = createCopy();
  const tellers = new Set<(change: Change) => void>();
  const stopping = new AbortController();
  const listed = Promise.withResolvers<void>();
  let linger: NodeJS.Timeout | undefined;

  async function run(): Promise<void> {
    for await (const observation of observe(await listing(), stopping.signal)) {
      const changes = copy.take(observation);
      if (observation.type === "listed") listed.resolve();
      for (const change of changes) for (const tell of tellers) tell(change);
    }
  }

  function stop(): void {
    forget();
    clearTimeout(linger);
    stopping.abort();
  }

  listed.promise.catch(() => undefined);
  // Ended by a refusal, it is forgotten, so that the next reader asks anew.
  void run().catch((error) => [listed.reject(error), stop()]);

  return {
    stop,
    join(tell) {
      clearTimeout(linger);
      tellers.add(tell);
      return {
        listed: listed.promise,
        objects: copy.all,
        leave() {
          tellers.delete(tell);
          if (tellers.size > 0) return;
          linger = setTimeout(stop, lingerMs);
          linger.unref();
        },
      };
    },
  };
}

/** The objects as last seen, by uid. */
function createCopy() {
  const byUid = new Map<string, KubernetesObject>();
  const put = (object: KubernetesObject) => byUid.set(object.metadata.uid ?? "", object);
  const remove = ({ metadata }: KubernetesObject) => byUid.delete(metadata.uid ?? "");

  return {
    all: () => byUid.values(),

    /** A list speaks, by silence, of what is no longer there. */
    take(observation: Observation): Change[] {
      if (observation.type !== "listed") {
        const { object } = observation;
        const isGone = observation.type === "removed";
        if (isGone) remove(object);
        else put(object);
        return [{ object, isGone }];
      }
      const { objects } = observation;
      const uids = new Set(objects.map(({ metadata }) => metadata.uid));
      const vanished = [...byUid.values()].filter(({ metadata }) => !uids.has(metadata.uid));
      for (const object of vanished) remove(object);
      for (const object of objects) put(object);
      return [
        ...vanished.map((object) => ({ object, isGone: true })),
        ...objects.map((object) => ({ object, isGone: false })),
      ];
    },
  };
}

/** Whether a cluster-wide watch was refused to a credential that may be good for single namespaces. */
export function isForbidden(error: unknown): boolean {
  return error instanceof ClusterRefusal && error.status === 403;
}
