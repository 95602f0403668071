import { type FieldSet, fieldsOf, isWithin, readable, removeAt, unownedPart, valueAt } from "./field-sets.ts";
import { isAtomicMap, keyed, listTypeOf } from "./list-keys.ts";
import { type Manager, managers } from "./managers.ts";
import { copy, isMap, type Json, type JsonMap, type Obj, own, put, same } from "./objects.ts";
import { type Cause, StatusError } from "./status.ts";

interface Applied {
  object: Obj;
  owners: Manager[];
}

/** Server-side apply: the applied fields become the manager's, the ones it no longer applies go, the others stay. */
export function applyTo(live: Obj, applied: JsonMap, manager: string, isForced: boolean): Applied {
  const wanted = fieldsOf(applied);
  const owners = managers(live);
  const mine = owners.find((each) => each.manager === manager && each.operation === "Apply");
  const others = owners.filter((each) => each !== mine);
  const object = mergeInto(live, applied, []) as unknown as Obj;
  const contested = conflictsOf(live, object, others);
  if (contested.length > 0 && !isForced) throw conflictOf(contested);

  const left = others.map((each) => withoutFields(each, contested));
  const dropped = [...(mine?.fields ?? [])].filter((path) => !wanted.has(path));
  const isOwned = (prefix: string) =>
    [wanted, ...left.map(({ fields }) => fields)].some((fields) =>
      [...fields].some((path) => isWithin(path, prefix)),
    );
  for (const path of dropped)
    if (!isOwned(path)) removeAt(object as unknown as JsonMap, unownedPart(path, isOwned), isOwned);

  const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const own: Manager = {
    manager,
    operation: "Apply",
    subresource: "",
    apiVersion: live.apiVersion,
    time: mine && isSameSet(mine.fields, wanted) ? mine.time : time,
    fields: wanted,
  };
  return { object, owners: [own, ...left] };
}

interface Contest {
  path: string;
  owner: Manager;
}

/** The fields somebody else owns, that would get another value. */
function conflictsOf(live: Obj, merged: Obj, others: readonly Manager[]): Contest[] {
  const valueIn = (object: Obj, path: string) => valueAt(object as unknown as JsonMap, path);
  const isChanged = (path: string) => {
    const before = valueIn(live, path);
    // Whoever owns a map with nothing in it does not own what others put there.
    return !isEmpty(before) && !same(before, valueIn(merged, path));
  };
  return others.flatMap((owner) =>
    [...owner.fields].filter((path) => isChanged(path)).map((path) => ({ path, owner })),
  );
}

const isEmpty = (value: Json | undefined) => isMap(value) && Object.keys(value).length === 0;

function withoutFields(manager: Manager, contested: readonly Contest[]): Manager {
  const lost = new Set(contested.filter(({ owner }) => owner === manager).map(({ path }) => path));
  return lost.size === 0
    ? manager
    : { ...manager, fields: new Set([...manager.fields].filter((path) => !lost.has(path))) };
}

function conflictOf(contests: readonly Contest[]): StatusError {
  const told = contests.map(({ path, owner }) => ({ field: readable(path), who: whoIs(owner) }));
  const causes: Cause[] = told.map(({ field, who }) => ({
    reason: "FieldManagerConflict",
    message: `conflict with ${who}`,
    field,
  }));
  const message = `Apply failed with ${sentenceOf(told)}`;
  return new StatusError(409, "Conflict", message, { causes: causes.map((cause) => ({ ...cause })) });
}

/** One conflict in a line, more of them by who has the fields. */
function sentenceOf(told: readonly { field: string; who: string }[]): string {
  const [first] = told;
  if (told.length === 1 && first) return `1 conflict: conflict with ${first.who}: ${first.field}`;
  const owners = [...new Set(told.map(({ who }) => who))].toSorted();
  const fieldsOf = (owner: string) =>
    told.flatMap(({ who, field }) => (who === owner ? `- ${field}` : [])).toSorted();
  const parts = owners.map((owner) => [`conflicts with ${owner}:`, ...fieldsOf(owner)].join("\n"));
  return `${told.length} conflicts: ${parts.join("\n")}`;
}

/** Appliers are known by their name alone, and by what they applied. */
function whoIs({ manager, operation, apiVersion, subresource }: Manager): string {
  const who = `${JSON.stringify(manager)}${subresource && ` with subresource "${subresource}"`}`;
  return operation === "Apply" ? who : `${who} using ${apiVersion}`;
}

function isSameSet(a: FieldSet, b: FieldSet): boolean {
  return a.size === b.size && [...a].every((path) => b.has(path));
}

/** Merges as server-side apply does: maps by key, keyed lists by their keys, sets as unions, the rest as a whole. */
function mergeInto(base: Json | undefined | object, over: Json, path: readonly string[]): Json {
  if (isMap(base) && isMap(over) && !isAtomicMap(path)) return mergeMaps(base, over, path);
  if (Array.isArray(base) && Array.isArray(over)) return mergeLists(base, over, path);
  return copy(over);
}

function mergeMaps(base: JsonMap, over: JsonMap, path: readonly string[]): JsonMap {
  const merged: JsonMap = copy(base);
  const isRoot = path.length === 0;
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined || (isRoot && (key === "apiVersion" || key === "kind"))) continue;
    const old = own(base, key);
    const isMetadata = isRoot && key === "metadata";
    put(merged, key, isMetadata ? mergeMetadata(old, value) : mergeInto(old, value, [...path, key]));
  }
  return merged;
}

function mergeMetadata(base: Json | undefined, over: Json): Json {
  const merged: JsonMap = isMap(base) ? copy(base) : {};
  for (const [key, value] of Object.entries(isMap(over) ? over : {}))
    if (value !== undefined) put(merged, key, mergeInto(isMap(base) ? base[key] : undefined, value, [key]));
  return merged;
}

function mergeLists(base: Json[], over: Json[], path: readonly string[]): Json[] {
  const type = listTypeOf(path);
  if (type.type === "set") return [...new Set([...base, ...over])];
  if (type.type === "atomic") return copy(over);
  const [old, fresh] = [keyed(base, type.keys), keyed(over, type.keys)];
  if (!old || !fresh) return copy(over);
  // Applied items keep the order they are applied in; what is others' stays behind them.
  const merged = [...fresh].map(([key, item]) => mergeInto(old.get(key), item, path));
  return [...merged, ...[...old].filter(([key]) => !fresh.has(key)).map(([, item]) => copy(item))];
}

const [replicas = ""] = fieldsOf({ spec: { replicas: 1 } });

/**
 * Who owns what after a write that was no apply: what it changed is the writer's. Only replicas that nobody owned are
 * nobody's after a scaling too, as the API server begins no record with it.
 */
export function ownersAfterUpdate(
  before: Obj | undefined,
  after: Obj,
  manager: string,
  subresource: string,
): Manager[] {
  const { changed, gone } = changesBetween(before, after);
  const isMine = (each: Manager) =>
    each.manager === manager && each.operation === "Update" && each.subresource === subresource;
  const owners = before ? managers(before) : [];
  if (subresource === "scale" && !owners.some(({ fields }) => fields.has(replicas))) return [...owners];
  const mine = owners.find(isMine);
  const rest = owners.filter((each) => each !== mine).map((each) => without(each, [changed, gone]));
  const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const fields = new Set([...(mine ? without(mine, [gone]).fields : []), ...changed]);
  const own = { manager, operation: "Update" as const, subresource, apiVersion: after.apiVersion, fields };
  return [...rest, { ...own, time: changed.size > 0 ? time : (mine?.time ?? time) }];
}

function without(owner: Manager, lost: readonly FieldSet[]): Manager {
  if (lost.every(({ size }) => size === 0)) return owner;
  return {
    ...owner,
    fields: new Set([...owner.fields].filter((path) => !lost.some((set) => set.has(path)))),
  };
}

/** Fields that are new or other than before, and fields that are no longer there. */
function changesBetween(before: Obj | undefined, after: Obj): { changed: FieldSet; gone: FieldSet } {
  const [old, fresh] = partsThatDiffer(before, after);
  const [was, now] = [fieldsOf(old), fieldsOf(fresh)];
  const isOther = (path: string) => !was.has(path) || !same(valueAt(old, path), valueAt(fresh, path));
  return {
    changed: new Set([...now].filter(isOther)),
    gone: new Set([...was].filter((path) => !now.has(path))),
  };
}

/** Most writes touch one part of an object, and most of the others are long. */
function partsThatDiffer(before: Obj | undefined, after: Obj): [JsonMap, JsonMap] {
  const [old, fresh] = [before as unknown as JsonMap | undefined, after as unknown as JsonMap];
  const differs = (key: string) => !same(own(old ?? {}, key), own(fresh, key));
  const partsOf = (whole: JsonMap) =>
    Object.fromEntries(Object.entries(whole).filter(([key]) => differs(key)));
  return [partsOf(old ?? {}), partsOf(fresh)];
}
