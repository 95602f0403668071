import type { Ownership } from "../../../core/compile/ownership.ts";
import { type KubernetesObject, keyOf } from "../../../core/kubernetes-object.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { InventoryRow } from "../../storage/tables.ts";

type Metadata = KubernetesObject["metadata"];

/** The object as it is, if it is in the cluster just as a run left it, so that there is nothing to send. */
export type Untouched = (
  object: KubernetesObject,
  ownership: Ownership | undefined,
) => Promise<KubernetesObject | undefined>;

interface Looking {
  cluster: Pick<Cluster, "marks">;
  workflow_id: string;
  /** What was left by earlier runs, by object key. */
  known: ReadonlyMap<string, InventoryRow>;
  valueHash(text: string): string;
  signal: AbortSignal;
  patienceMs: number;
}

/**
 * Asks the cluster itself, and no copy of it, which may be behind: once for each kind and namespace of which
 * something is wanted just as it was applied last. A cluster that will not say is sent everything.
 */
export function lookForUntouched(needs: Looking): Untouched {
  const { cluster, workflow_id, known, valueHash, ...asking } = needs;
  const looks = new Map<string, Promise<Map<string, Metadata>>>();

  async function look(object: KubernetesObject): Promise<Map<string, Metadata>> {
    const { apiVersion, kind, metadata } = object;
    const { namespace } = metadata;
    const place = { apiVersion, kind, ...(namespace && { namespace }) };
    const marks = await cluster.marks(workflow_id, place, asking).catch((error) => {
      asking.signal.throwIfAborted();
      if (error instanceof Error) return [];
      throw error;
    });
    return new Map(marks.map((mark) => [mark.name, mark]));
  }

  function marksBeside(object: KubernetesObject): Promise<Map<string, Metadata>> {
    const place = keyOf({ ...object, metadata: { ...object.metadata, name: "" } });
    const looking = looks.get(place) ?? look(object);
    looks.set(place, looking);
    return looking;
  }

  return async (object, ownership) => {
    const row = known.get(keyOf(object));
    if (!row?.uid || row.applied_hash !== hashOf(object, ownership, valueHash)) return undefined;
    const mark = (await marksBeside(object)).get(object.metadata.name);
    if (!mark || mark.uid !== row.uid || versionLeft(mark) !== row.resource_version) return undefined;
    if (mark.deletionTimestamp || !isMarked(mark, object.metadata)) return undefined;
    return { ...object, metadata: { ...object.metadata, ...mark } };
  };
}

/** Says whether two runs ask for the same, without keeping what they ask for, so that nobody can guess at it. */
export function hashOf(
  object: KubernetesObject,
  ownership: Ownership | undefined,
  valueHash: (text: string) => string,
): string {
  return valueHash(JSON.stringify([object, ownership]));
}

/** What changes when somebody changes the object, and not with its status, which is told of in every version. */
export function versionLeft({ generation, resourceVersion }: Metadata): string | null {
  return generation === undefined ? (resourceVersion ?? null) : `generation ${generation}`;
}

/** A generation counts changes of the spec alone: labels and annotations are compared for themselves. */
function isMarked(mark: Metadata, wanted: Metadata): boolean {
  const has = (there: Record<string, string> = {}, ours: Record<string, string> = {}) =>
    Object.entries(ours).every(([key, value]) => there[key] === value);
  return has(mark.labels, wanted.labels) && has(mark.annotations, wanted.annotations);
}
