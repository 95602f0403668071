import type { Obj } from "../objects.ts";
import type { Store } from "../store.ts";
import type { System } from "../system.ts";

/** What was owned by what is gone goes too, unless somebody else owns it as well. */
export function removeOwned(system: System, { metadata }: Obj, store: Store): void {
  for (const { object } of store.ownedBy(metadata.uid)) {
    const others = (object.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== metadata.uid);
    if (others.some((owner) => isThere(system, object, owner)))
      system.change(object, (draft) => {
        draft.metadata.ownerReferences = others;
      });
    else if (!object.metadata.deletionTimestamp) system.remove(object);
  }
}

interface Owner {
  kind: string;
  name: string;
  uid: string;
}

function isThere(system: System, { metadata }: Obj, { kind, name, uid }: Owner): boolean {
  return system.find(kind, metadata.namespace ?? "", name)?.metadata.uid === uid;
}

/** An owner that waits for what it owns goes when all of that has gone. */
export function finishOwner(system: System, owner: Obj, store: Store): void {
  const owned = store.ownedBy(owner.metadata.uid);
  for (const { object } of owned)
    if (!object.metadata.deletionTimestamp) system.remove(object, { propagation: "Foreground" });
  if (owned.length > 0) return;
  system.change(owner, ({ metadata }) => {
    metadata.finalizers = (metadata.finalizers ?? []).filter((each) => each !== "foregroundDeletion");
  });
}
