import type { KubernetesObject } from "../../core/kubernetes-object.ts";
import { type Change, createCopy } from "./copy.ts";
import { failureWord } from "./failures.ts";
import { createFreshness, type Staleness } from "./freshness.ts";
import type { Listing, Selectors } from "./listing.ts";
import { observe } from "./observe.ts";
import { createPace, type Times } from "./pace.ts";
import type { Projection } from "./projection.ts";
import { ClusterRefusal } from "./rest.ts";

export type { Change };

/** One list and watch: a kind, in all namespaces or in one. */
export interface Scope extends Selectors {
  apiVersion: string;
  kind: string;
  namespace?: string;
}

/** A shared, live copy of what a scope selects. */
export interface Following {
  /** Fulfils with the first list; rejects if the cluster will not have it. */
  listed: Promise<void>;
  /** What is kept of each object, as last seen. */
  objects(): Iterable<KubernetesObject>;
  /** Nothing while they are as the cluster is now. */
  stale(): Staleness | undefined;
  leave(): void;
}

type Tell = (change: Change) => void;

/** How long a watch goes on after its last reader has left: the next run usually asks for the same. */
const lingerMs = 60_000;

export interface WatchingOptions {
  times?: Times;
  lingerMs?: number;
}

export type Watching = ReturnType<typeof createWatching>;

/** All watches of one cluster. Whoever asks for the same scope shares one list, one watch and one copy. */
export function createWatching(
  listing: (scope: Scope, projection: Projection) => Promise<Listing>,
  options: WatchingOptions = {},
) {
  const open = new Map<string, Source>();
  const pace = createPace(options.times);
  const freshness = createFreshness();

  function sourceOf(scope: Scope, projection: Projection): Source {
    const { apiVersion, kind, namespace, labelSelector, fieldSelector } = scope;
    const key = JSON.stringify([apiVersion, kind, namespace, labelSelector, fieldSelector, projection.name]);
    const known = open.get(key);
    if (known) return known;
    const paced = pace.join();
    const fresh = freshness.join(scope);
    const source = createSource({
      projection,
      lingerMs: options.lingerMs ?? lingerMs,
      observing: {
        ...paced,
        listing: () => listing(scope, projection),
        current: fresh.current,
        failed(error) {
          paced.failed(error);
          fresh.stale(failureWord(error));
        },
      },
      stale: fresh.read,
      forget() {
        open.delete(key);
        paced.leave();
        fresh.leave();
      },
    });
    open.set(key, source);
    return source;
  }

  return {
    follow: (scope: Scope, projection: Projection, tell: Tell): Following =>
      sourceOf(scope, projection).join(tell),
    listing,
    freshness: freshness.read,
    followFreshness: freshness.follow,
    count: () => open.size,
    close(): void {
      for (const source of open.values()) source.stop();
    },
  };
}

interface Source {
  join(tell: Tell): Following;
  stop(): void;
}

interface SourceNeeds {
  projection: Projection;
  observing: Parameters<typeof observe>[0];
  lingerMs: number;
  stale: Following["stale"];
  forget(): void;
}

function createSource({ projection, observing, lingerMs: ms, stale, forget }: SourceNeeds): Source {
  const copy = createCopy(projection);
  const tellers = new Set<Tell>();
  const stopping = new AbortController();
  const listed = Promise.withResolvers<void>();
  let linger: NodeJS.Timeout | undefined;

  async function run(): Promise<void> {
    for await (const observation of observe(observing, stopping.signal)) {
      for (const change of copy.take(observation)) for (const tell of tellers) tell(change);
      if (observation.type === "listed") listed.resolve();
    }
  }

  function stop(): void {
    forget();
    clearTimeout(linger);
    stopping.abort();
    listed.reject(Object.assign(new Error("It is no longer followed"), { code: "ORRERY_CLOSED" }));
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
        objects: copy.objects,
        stale,
        leave() {
          tellers.delete(tell);
          if (tellers.size > 0) return;
          clearTimeout(linger);
          linger = setTimeout(stop, ms).unref();
        },
      };
    },
  };
}

/** Whether a cluster-wide watch was refused to a credential that may be good for single namespaces. */
export function isForbidden(error: unknown): boolean {
  return error instanceof ClusterRefusal && error.status === 403;
}
