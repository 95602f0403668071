import { isAtomicMap, itemKey, keyed, listTypeOf } from "./list-keys.ts";
import { isMap, type Json, type JsonMap, type Obj, put } from "./objects.ts";

/** A path to a field, as in `fieldsV1`: `f:name`, `k:{…}`, `v:…`. Written as one text, so that sets of them are sets. */
type Path = readonly string[];
const glue = "\u0000";

export type FieldSet = Set<string>;

const notOwned = new Set(["apiVersion", "kind"]);
const notOwnedMetadata = new Set([
  "name",
  "namespace",
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "managedFields",
  "generateName",
  "selfLink",
]);

/** Every field an object says something about. */
export function fieldsOf(object: JsonMap): FieldSet {
  const fields: FieldSet = new Set();
  for (const [key, value] of Object.entries(object)) {
    if (notOwned.has(key) || value === undefined) continue;
    if (key === "metadata" && isMap(value)) {
      for (const [name, inner] of Object.entries(value))
        if (!notOwnedMetadata.has(name) && inner !== undefined)
          collect(inner, ["f:metadata", `f:${name}`], [name], fields);
    } else collect(value, [`f:${key}`], [key], fields);
  }
  return fields;
}

function collect(value: Json, path: Path, names: readonly string[], fields: FieldSet): void {
  if (isMap(value) && Object.keys(value).length > 0 && !isAtomicMap(names)) {
    for (const [key, inner] of Object.entries(value))
      if (inner !== undefined) collect(inner, [...path, `f:${key}`], [...names, key], fields);
    return;
  }
  if (Array.isArray(value) && value.length > 0) {
    const type = listTypeOf(names);
    if (type.type === "set") {
      for (const item of value) fields.add([...path, `v:${JSON.stringify(item)}`].join(glue));
      return;
    }
    const items = type.type === "keyed" ? keyed(value, type.keys) : undefined;
    if (items) {
      for (const [key, item] of items) {
        const at = [...path, key];
        fields.add([...at, "."].join(glue));
        for (const [name, inner] of Object.entries(item))
          if (inner !== undefined) collect(inner, [...at, `f:${name}`], [...names, name], fields);
      }
      return;
    }
  }
  fields.add(path.join(glue));
}

/** The value a path leads to. */
export function valueAt(object: JsonMap, path: string): Json | undefined {
  let here: Json | undefined = object;
  for (const step of path.split(glue)) {
    if (step === ".") return here === undefined ? undefined : "present";
    here = stepInto(here, step);
    if (here === undefined) return undefined;
  }
  return here;
}

function stepInto(here: Json | undefined, step: string): Json | undefined {
  if (step.startsWith("f:"))
    return isMap(here) && Object.hasOwn(here, step.slice(2)) ? here[step.slice(2)] : undefined;
  if (!Array.isArray(here)) return undefined;
  if (step.startsWith("v:")) return here.find((item) => `v:${JSON.stringify(item)}` === step);
  const keys = Object.keys(JSON.parse(step.slice(2)) as JsonMap);
  return here.find((item) => isMap(item) && itemKey(item, keys) === step);
}

/** Takes away what a path leads to; an item of a list goes with its last field. */
export function removeAt(object: JsonMap, path: string, stillOwned: (prefix: string) => boolean): void {
  const steps = path.split(glue);
  if (steps.at(-1) === ".") {
    const item = steps.slice(0, -1);
    if (!stillOwned(item.join(glue))) removeStep(object, item);
    return;
  }
  removeStep(object, steps);
}

function removeStep(object: JsonMap, steps: Path): void {
  const last = steps.at(-1) ?? "";
  const parent = steps.slice(0, -1).reduce<Json | undefined>(stepInto, object);
  if (last.startsWith("f:") && isMap(parent)) delete parent[last.slice(2)];
  if (!Array.isArray(parent)) return;
  const item = stepInto(parent, last);
  const index = item === undefined ? -1 : parent.indexOf(item);
  if (index >= 0) parent.splice(index, 1);
}

/** `.spec.template.spec.containers[name="web"].image`, as conflicts name fields. */
export function readable(path: string): string {
  return path
    .split(glue)
    .filter((step) => step !== ".")
    .map((step) => {
      if (step.startsWith("f:")) return `.${step.slice(2)}`;
      if (step.startsWith("v:")) return `[=${step.slice(2)}]`;
      const keys = Object.entries(JSON.parse(step.slice(2)) as JsonMap).map(
        ([key, value]) => `${key}=${JSON.stringify(value)}`,
      );
      return `[${keys.join(",")}]`;
    })
    .join("");
}

export interface Manager {
  manager: string;
  operation: "Apply" | "Update";
  subresource: string;
  apiVersion: string;
  time: string;
  fields: FieldSet;
}

/** Who owns which fields of an object, kept beside it. */
const managersOf = new WeakMap<Obj, Manager[]>();

export const managers = (object: Obj): readonly Manager[] => managersOf.get(object) ?? [];

/** Writes down the owners, in the object's own `managedFields` too. */
export function setManagers(object: Obj, owners: readonly Manager[]): void {
  const kept = owners.filter(({ fields }) => fields.size > 0);
  managersOf.set(object, kept);
  object.metadata.managedFields = kept.map(
    ({ manager, operation, subresource, apiVersion, time, fields }) => ({
      manager,
      operation,
      apiVersion,
      time,
      fieldsType: "FieldsV1",
      fieldsV1: toTree(fields),
      ...(subresource && { subresource }),
    }),
  );
}

function toTree(fields: FieldSet): JsonMap {
  const tree: JsonMap = {};
  for (const path of fields) {
    let here = tree;
    for (const step of path.split(glue)) {
      if (!isMap(here[step])) put(here, step, {});
      here = here[step] as JsonMap;
    }
  }
  return tree;
}

/** Whether one path leads to, or through, what the other does. */
export function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(b + glue) || b.startsWith(a + glue);
}
