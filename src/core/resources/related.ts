import type { Relation } from "../../contract/resources.ts";
import type { Links } from "./links.ts";

/** An object among others, with what it says of itself and refers to. */
export interface Relatable {
  id: string;
  kind: string;
  name: string;
  uid: string;
  owner_uid: string | null;
  labels: Readonly<Record<string, string>>;
  links: Links;
}

export interface Edge {
  from: string;
  to: string;
  relation: Relation;
}

/** A Service of ten thousand pods is not drawn with all of them. */
const mostNodes = 200;

/** What an object belongs to and has made, what it uses and what uses it, and how traffic, storage and scaling reach those. */
export function relatedTo(id: string, all: readonly Relatable[]): { ids: string[]; edges: Edge[] } {
  const center = all.find((each) => each.id === id);
  if (!center) return { ids: [], edges: [] };
  const family = [...ancestors(center, all), center, ...descendants(center, all)].slice(0, mostNodes);
  const links = linksAmong(all);
  const beside = links.filter(({ from, to }) => from === id || to === id);
  const met = new Set([...family.map((each) => each.id), ...beside.flatMap(({ from, to }) => [from, to])]);
  const further = links.filter(
    ({ from, to, relation }) => leadsOn.has(relation) && (relation === "binds" ? met.has(from) : met.has(to)),
  );
  const edges = once([...ownership(family), ...beside, ...further]);
  const ids = [...new Set([id, ...edges.flatMap(({ from, to }) => [from, to])])].slice(0, mostNodes);
  const shown = new Set(ids);
  return { ids, edges: edges.filter(({ from, to }) => shown.has(from) && shown.has(to)) };
}

const leadsOn: ReadonlySet<Relation> = new Set(["routes", "scales", "binds"]);

function ancestors(object: Relatable, all: readonly Relatable[]): Relatable[] {
  const byUid = new Map(all.map((each) => [each.uid, each]));
  const chain: Relatable[] = [];
  let owner = byUid.get(object.owner_uid ?? "");
  while (owner && owner !== object && !chain.includes(owner)) {
    chain.unshift(owner);
    owner = byUid.get(owner.owner_uid ?? "");
  }
  return chain;
}

function descendants(object: Relatable, all: readonly Relatable[]): Relatable[] {
  const byOwner = Map.groupBy(all, (each) => each.owner_uid ?? "");
  const found = new Set<Relatable>([object]);
  for (const each of found) for (const owned of byOwner.get(each.uid) ?? []) found.add(owned);
  found.delete(object);
  return [...found];
}

function ownership(family: readonly Relatable[]): Edge[] {
  const byUid = new Map(family.map((each) => [each.uid, each.id]));
  return family.flatMap(({ id, owner_uid }) => {
    const from = byUid.get(owner_uid ?? "");
    return from === undefined || from === id ? [] : [{ from, to: id, relation: "owns" as const }];
  });
}

/** All that refers to something else. A replica set refers to what its Deployment does, and is left out. */
function linksAmong(all: readonly Relatable[]): Edge[] {
  const byName = new Map(all.map(({ kind, name, id }) => [`${kind}/${name}`, id]));
  const speaking = all.filter(({ kind, owner_uid }) => kind !== "ReplicaSet" || owner_uid === null);
  return speaking.flatMap(({ id, links }) => {
    const named = links.to.flatMap(({ relation, kind, name }): Edge[] => {
      const to = byName.get(`${kind}/${name}`);
      return to === undefined ? [] : [{ from: id, to, relation }];
    });
    const { selects } = links;
    if (!selects) return named;
    const selected = speaking.filter((each) => isSelected(each, selects));
    return [...named, ...selected.map((each): Edge => ({ from: id, to: each.id, relation: "selects" }))];
  });
}

function isSelected({ kind, labels, links }: Relatable, selects: Readonly<Record<string, string>>): boolean {
  const marked = kind === "Pod" ? labels : links.podLabels;
  return marked !== undefined && Object.entries(selects).every(([key, value]) => marked[key] === value);
}

function once(edges: readonly Edge[]): Edge[] {
  return [...new Map(edges.map((edge) => [`${edge.from} ${edge.relation} ${edge.to}`, edge])).values()];
}
