import { copy, map, number, type Obj } from "../objects.ts";
import { hashOf, ownedBy, ownerOf, type System } from "../system.ts";

export interface Revision {
  name: string;
  hash: string;
  number: number;
}

/** The numbered revision of a set's template as it is now; a new one where it has not been so before. */
export function revisionOf(system: System, owner: Obj): Revision {
  const hash = hashOf(owner.spec?.template);
  const name = `${owner.metadata.name}-${hash}`;
  const own = system
    .list("ControllerRevision", owner.metadata.namespace)
    .filter((each) => ownerOf(each)?.uid === owner.metadata.uid)
    .toSorted((a, b) => number(a.revision, 0) - number(b.revision, 0));
  const latest = number(own.at(-1)?.revision, 0);
  const known = own.find((each) => each.metadata.name === name);
  if (known && number(known.revision, 0) === latest) return { name, hash, number: latest };
  if (known) system.change(known, (draft) => Object.assign(draft, { revision: latest + 1 }));
  else makeRevision(system, owner, name, latest + 1);
  const limit = number(owner.spec?.revisionHistoryLimit, 10);
  for (const old of own.filter((each) => each !== known).slice(0, Math.max(0, own.length - limit)))
    system.remove(old);
  return { name, hash, number: latest + 1 };
}

function makeRevision(system: System, owner: Obj, name: string, revision: number): void {
  const { namespace } = owner.metadata;
  const labels = { ...(map(map(owner.spec?.template).metadata).labels as object) };
  const metadata = { name, namespace, labels: { ...labels }, ownerReferences: ownedBy(owner) };
  const data = { spec: { template: copy(map(owner.spec?.template)) } };
  system.create("ControllerRevision", { metadata, revision, data });
}
