import { isMap } from "../catalog/text-values.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { isSame, own } from "./json-values.ts";
import { hasKeys, stepInto, stepsOf } from "./pointers.ts";

/** Fields as `fieldsV1` writes them: `f:name`, `k:{"name":"x"}`, `v:"value"`, `i:0`, and `.` for the thing itself. */
export interface FieldsV1 {
  readonly [step: string]: FieldsV1;
}

export interface FieldOwner {
  manager: string;
  operation: "Apply" | "Update";
  subresource?: string;
  time?: string;
}

export interface ManagedFieldsEntry extends FieldOwner {
  fieldsV1: FieldsV1;
}

export function managedFieldsOf(object: KubernetesObject): ManagedFieldsEntry[] {
  const { managedFields } = object.metadata as { managedFields?: unknown };
  return (Array.isArray(managedFields) ? managedFields : []).filter(isMap).map((entry) => ({
    manager: textOf(entry.manager),
    operation: entry.operation === "Apply" ? "Apply" : "Update",
    ...(typeof entry.subresource === "string" &&
      entry.subresource !== "" && { subresource: entry.subresource }),
    ...(typeof entry.time === "string" && { time: entry.time }),
    // The API server checks it when it is written.
    fieldsV1: (isMap(entry.fieldsV1) ? entry.fieldsV1 : {}) as FieldsV1,
  }));
}

const textOf = (value: unknown) => (typeof value === "string" ? value : "");

/** Who owns the field, or something in it: the latest first. */
export function ownersAt(object: KubernetesObject, pointer: string): FieldOwner[] {
  return holdersAt(object, pointer)
    .map(({ owner }) => owner)
    .sort((a, b) => (b.time ?? "").localeCompare(a.time ?? ""));
}

/** The last of the others to have had a hand in the field. */
export function otherOwnerAt(
  object: KubernetesObject,
  pointer: string,
  manager: string,
): { manager: string; at?: string } | undefined {
  const owner = ownersAt(object, pointer).find((each) => each.manager !== manager);
  return owner && { manager: owner.manager, ...(owner.time !== undefined && { at: owner.time }) };
}

/** Whether others have taken over a map or list as a whole, with nothing of it left to that manager. */
export function isTakenWhole(object: KubernetesObject, pointer: string, manager: string): boolean {
  const holders = holdersAt(object, pointer);
  return (
    holders.some(({ isWhole }) => isWhole) &&
    holders.every(({ owner, isWhole }) => isWhole && owner.manager !== manager)
  );
}

interface Holder {
  owner: FieldOwner;
  fields: FieldsV1;
}

/** Who owns a leaf owns all that is in it, unless others own parts of that: then it was an empty map that got them. */
function holdersAt(object: KubernetesObject, pointer: string): { owner: FieldOwner; isWhole: boolean }[] {
  let value: unknown = object;
  let holders = managedFieldsOf(object)
    .map(({ fieldsV1, ...owner }): Holder => ({ owner, fields: fieldsV1 }))
    .filter(({ fields }) => !isLeaf(fields));
  for (const step of stepsOf(pointer)) {
    const isShared = holders.some(({ fields }) => !isLeaf(fields));
    const here = value;
    holders = holders.flatMap(({ owner, fields }) => {
      const next = isLeaf(fields) ? (isShared ? undefined : fields) : fieldsAt(fields, here, step);
      return next ? [{ owner, fields: next }] : [];
    });
    value = stepInto(value, step);
  }
  return holders.map(({ owner, fields }) => ({ owner, isWhole: isLeaf(fields) }));
}

function fieldsAt(fields: FieldsV1, value: unknown, step: string): FieldsV1 | undefined {
  const key = Array.isArray(value) ? itemStep(fields, stepInto(value, step), Number(step)) : `f:${step}`;
  return key === undefined ? undefined : fieldsIn(fields, key);
}

const isLeaf = (fields: FieldsV1) => Object.keys(fields).every((step) => step === ".");

const fieldsIn = (fields: FieldsV1, step: string) => own(fields, step) as FieldsV1 | undefined;

/** The step that leads to an item of a list. */
function itemStep(fields: FieldsV1, item: unknown, index: number): string | undefined {
  return item === undefined ? undefined : Object.keys(fields).find((step) => leadsTo(step, item, index));
}

function leadsTo(step: string, item: unknown, index: number): boolean {
  if (step.startsWith("k:")) return hasKeys(item, Object.entries(keysIn(step)));
  if (step.startsWith("v:")) return isSame(item, JSON.parse(step.slice(2)));
  return step === `i:${index}`;
}

const keysIn = (step: string): Record<string, unknown> =>
  step.startsWith("k:") ? JSON.parse(step.slice(2)) : {};

/**
 * What a manager last applied, as far as it still owns it, with the values of now. Applied again it changes nothing;
 * applied later it takes back what the manager did since. With nothing owned it is the bare identity, and applying
 * that gives up everything.
 */
export function ownedBy(object: KubernetesObject, manager: string): KubernetesObject {
  const { apiVersion, kind, metadata } = object;
  const entries = managedFieldsOf(object);
  // Like a status, what was applied to a subresource cannot be applied to the object.
  const isOwn = (entry: ManagedFieldsEntry) =>
    entry.manager === manager && entry.operation === "Apply" && entry.subresource === undefined;
  const others = entries.filter((entry) => !isOwn(entry)).map(({ fieldsV1 }) => fieldsV1);
  const [applied] = entries.filter(isOwn);
  const found = applied && !isLeaf(applied.fieldsV1) ? extract(object, applied.fieldsV1, others) : {};
  const parts = isMap(found) ? found : {};
  const { name, namespace } = metadata;
  const identity = { name, ...(namespace !== undefined && { namespace }) };
  return {
    ...parts,
    apiVersion,
    kind,
    metadata: { ...(isMap(parts.metadata) && parts.metadata), ...identity },
  };
}

/** Keys and items keep the order they have in the object. */
function extract(value: unknown, fields: FieldsV1, others: readonly FieldsV1[]): unknown {
  const isShared = others.some((each) => !isLeaf(each));
  if (isLeaf(fields)) return isShared && isMap(value) ? {} : isShared && Array.isArray(value) ? [] : value;
  if (Array.isArray(value)) return extractItems(value, fields, others);
  if (!isMap(value)) return undefined;
  return extractMembers(value, fields, others, {});
}

function extractMembers(
  value: Readonly<Record<string, unknown>>,
  fields: FieldsV1,
  others: readonly FieldsV1[],
  keys: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    const step = `f:${key}`;
    const next = fieldsIn(fields, step);
    const found = next ? extract(inner, next, into(others, step)) : undefined;
    const kept = found ?? (Object.hasOwn(keys, key) ? inner : undefined);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return Object.fromEntries(entries);
}

function extractItems(
  items: readonly unknown[],
  fields: FieldsV1,
  others: readonly FieldsV1[],
): unknown[] | undefined {
  const kept = items.flatMap((item, index) => {
    const step = itemStep(fields, item, index);
    const next = step === undefined ? undefined : fieldsIn(fields, step);
    if (step === undefined || next === undefined) return [];
    const theirs = into(others, step);
    const isPart = !isLeaf(next) || theirs.some((each) => !isLeaf(each));
    return [isPart && isMap(item) ? extractMembers(item, next, theirs, keysIn(step)) : item];
  });
  return kept.length > 0 ? kept : undefined;
}

const into = (trees: readonly FieldsV1[], step: string) =>
  trees.flatMap((tree) => fieldsIn(tree, step) ?? []);
