import type { ResourceUpdate } from "../../contract/resources.ts";
import { assessHealth } from "../../core/health/assess-health.ts";
import { groupOf, type KubernetesObject } from "../../core/kubernetes-object.ts";
import type { Kind } from "../../core/resources/kinds.ts";
import { isKept, type Sighting, sight, toSeen } from "../../core/resources/seen.ts";
import type { Cluster } from "../cluster/connection.ts";
import type { Change } from "../cluster/watching.ts";
import type { ResourceEvents } from "../events/resource-events.ts";
import type { ResourceStore } from "../storage/resources.ts";
import type { ResourceRow } from "../storage/tables.ts";

export interface LiveKindNeeds {
  resources: Pick<ResourceStore, "record">;
  events: ResourceEvents;
  newId(): string;
  now(): Date;
  report(error: unknown): void;
}

interface Needs extends LiveKindNeeds {
  /** What was told last of each object that somebody looks at. */
  latest: Map<string, ResourceUpdate>;
}

export interface LiveScope extends Kind {
  cluster: Cluster;
  cluster_id: string;
  namespace?: string | undefined;
}

/** Somebody looks at an object. */
interface Looked {
  resource_id: string;
  readers: number;
  /** How often it has been told how the object is. */
  told: number;
}

export type LiveKind = ReturnType<typeof createLiveKind>;

/** However much changes, it is written together once in this time. */
const windowMs = 100;

const placeOf = ({ namespace = "", name }: { namespace?: string; name: string }) => `${namespace}/${name}`;

/** All objects of one kind, kept current by one watch; of those that somebody looks at, each change is told. */
export function createLiveKind(needs: Needs, scope: LiveScope, forget: () => void) {
  const { cluster, cluster_id, ...followed } = scope;
  const looked = new Map<string, Looked>();
  const keep = keeper(needs, scope);
  const following = cluster.followAll(withoutNothing(followed), take);

  function take({ object, isGone }: Change): void {
    const here = looked.get(placeOf(object.metadata));
    if (here) tell(here, object, isGone);
    if (isKept(object)) keep.note(object, isGone);
  }

  function tell(here: Looked, object: KubernetesObject, isGone: boolean): void {
    here.told += 1;
    const update = isGone ? goneUpdate(here.resource_id, object) : updateOf(here.resource_id, object);
    needs.latest.set(here.resource_id, update);
    needs.events.changed(update);
    if (isGone) needs.events.ended(here.resource_id, { message: update.status.message });
  }

  /** Who comes to a watch that has been going on is told by a look of their own how the object is. */
  async function present(row: ResourceRow, here: Looked, signal: AbortSignal): Promise<void> {
    await following.listed;
    if (here.told > 0 || signal.aborted) return;
    const { api_version, kind, namespace, name, uid } = row;
    const identity = { apiVersion: api_version, kind, metadata: { name, ...(namespace && { namespace }) } };
    const object = await cluster.read(identity, { signal });
    // What the watch told meanwhile is newer.
    if (here.told > 0 || signal.aborted) return;
    if (object) return take({ object, isGone: false });
    take({ object: { ...identity, metadata: { ...identity.metadata, uid } }, isGone: true });
  }

  return {
    /** Rejects if the cluster will not have the kind listed. */
    join(row: ResourceRow, leaving: AbortSignal): Promise<void> {
      const place = placeOf(row);
      const here = looked.get(place) ?? { resource_id: row.id, readers: 0, told: 0 };
      looked.set(place, here);
      here.readers += 1;
      const leave = () => {
        here.readers -= 1;
        if (here.readers > 0) return;
        looked.delete(place);
        needs.latest.delete(row.id);
        if (looked.size > 0) return;
        following.leave();
        forget();
      };
      if (leaving.aborted) leave();
      else leaving.addEventListener("abort", leave, { once: true });
      return present(row, here, leaving);
    },
    stopped: () => keep.done(),
  };
}

function updateOf(resource_id: string, object: KubernetesObject): ResourceUpdate {
  const { status, spec, resource_version, metadata } = toSeen(object);
  const { labels, annotations } = metadata;
  return {
    resource_id,
    type: object.kind.toLowerCase(),
    status: assessHealth(object).status,
    resource: { status, resourceVersion: resource_version, labels, annotations, spec: { ...spec } },
  };
}

function goneUpdate(resource_id: string, { kind }: KubernetesObject): ResourceUpdate {
  const status = { state: "deleted" as const, message: "Deleted from the cluster" };
  return { resource_id, type: kind.toLowerCase(), status };
}

/** Writes what is seen, in the order it came, some of it together. */
function keeper({ resources, newId, now, report }: LiveKindNeeds, scope: LiveScope) {
  const { cluster_id, apiVersion, kind } = scope;
  let untaken = new Map<string, Sighting>();
  let gone: Sighting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  function flush(): void {
    timer = undefined;
    const about = { cluster_id, api_group: groupOf(apiVersion), kind, newId, at: now().toISOString() };
    const batch = { ...about, seen: [...untaken.values()], gone };
    untaken = new Map();
    gone = [];
    writing = writing.then(() => resources.record(batch)).then(() => undefined, report);
  }

  return {
    note(object: KubernetesObject, isGone: boolean): void {
      const seen = sight(object);
      if (isGone) {
        untaken.delete(placeOf(seen));
        gone.push(seen);
      } else untaken.set(placeOf(seen), seen);
      timer ??= setTimeout(flush, windowMs);
    },
    /** Fulfils when all of it is written. */
    async done(): Promise<void> {
      if (timer) {
        clearTimeout(timer);
        flush();
      }
      await writing;
    },
  };
}

function withoutNothing({ apiVersion, kind, namespace }: Omit<LiveScope, "cluster" | "cluster_id">) {
  return { apiVersion, kind, ...(namespace && { namespace }) };
}
