import {
  type KubernetesObject,
  keyOf,
  type ObjectIdentity,
  ownLabels,
} from "../../core/kubernetes-object.ts";
import type { Change } from "../cluster/watching.ts";

/** A node of a workflow of which something is in the cluster. */
export interface Place {
  workflow_id: string;
  node_id: string;
}

/** Objects by key, by uid, and by the node they are of: what a change touches is found without a search. */
export function createObjectIndex() {
  const byKey = new Map<string, KubernetesObject>();
  const byUid = new Map<string, KubernetesObject>();
  const byNode = new Map<string, Map<string, KubernetesObject>>();

  function remove(uid: string): void {
    const old = byUid.get(uid);
    byUid.delete(uid);
    const key = old && nodeKeyOf(old);
    if (key === undefined) return;
    const beside = byNode.get(key);
    if (beside?.delete(uid) && beside.size === 0) byNode.delete(key);
  }

  function put(uid: string, object: KubernetesObject): void {
    remove(uid);
    byUid.set(uid, object);
    const key = nodeKeyOf(object);
    if (key === undefined) return;
    byNode.set(key, (byNode.get(key) ?? new Map<string, KubernetesObject>()).set(uid, object));
  }

  return {
    /** Takes a change in, unless it is older than what is known. */
    take({ object, isGone }: Change): boolean {
      const { uid = "" } = object.metadata;
      const key = keyOf(object);
      if (isGone) {
        remove(uid);
        // An object deleted and made anew may be told of in either order.
        return byKey.get(key)?.metadata.uid === uid && byKey.delete(key);
      }
      byKey.set(key, object);
      put(uid, object);
      return true;
    },
    find: (identity: ObjectIdentity) => byKey.get(keyOf(identity)),
    ofUid: (uid: string) => byUid.get(uid),
    /** What a node has of one kind. */
    of: (place: Place, kind: string): KubernetesObject[] => [
      ...(byNode.get(keyOfNode(place, kind))?.values() ?? []),
    ],
    uidsOf: (place: Place, kinds: readonly string[]): string[] =>
      kinds.flatMap((kind) => [...(byNode.get(keyOfNode(place, kind))?.keys() ?? [])]),
    all: () => [...byKey.values()],
  };
}

/** The node an object says it is of. */
export function placeOf({ metadata: { labels = {} } }: KubernetesObject): Place | undefined {
  const workflow_id = labels[ownLabels.workflow];
  const node_id = labels[ownLabels.node];
  return workflow_id && node_id ? { workflow_id, node_id } : undefined;
}

const keyOfNode = ({ workflow_id, node_id }: Place, kind: string) => `${kind}/${workflow_id}/${node_id}`;

function nodeKeyOf(object: KubernetesObject): string | undefined {
  const place = placeOf(object);
  return place && keyOfNode(place, object.kind);
}
