import { isAtomicMap, itemKey, keyed, listTypeOf } from "./list-keys.ts";
import { isMap, type Json, type JsonMap, put } from "./objects.ts";

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
  const { metadata, ...rest } = object;
  for (const [key, value] of said(rest)) if (!notOwned.has(key)) collect(value, [`f:${key}`], [key], fields);
  for (const [key, value] of said(isMap(metadata) ? metadata : {}))
    if (!notOwnedMetadata.has(key)) collect(value, ["f:metadata", `f:${key}`], [key], fields);
  return fields;
}

const said = (map: JsonMap) =>
  Object.entries(map).filter((entry): entry is [string, Json] => entry[1] !== undefined);

function collect(value: Json, path: Path, names: readonly string[], fields: FieldSet): void {
  if (isMap(value) && Object.keys(value).length > 0 && !isAtomicMap(names))
    collectMap(value, path, names, fields);
  else if (Array.isArray(value) && value.length > 0) collectList(value, path, names, fields);
  else fields.add(path.join(glue));
}

function collectMap(map: JsonMap, path: Path, names: readonly string[], fields: FieldSet): void {
  for (const [key, inner] of said(map)) collect(inner, [...path, `f:${key}`], [...names, key], fields);
}

function collectList(items: readonly Json[], path: Path, names: readonly string[], fields: FieldSet): void {
  const type = listTypeOf(names);
  const byKey = type.type === "keyed" ? keyed(items, type.keys) : undefined;
  if (type.type === "set") for (const item of items) fields.add([...path, valueStep(item)].join(glue));
  else if (!byKey) fields.add(path.join(glue));
  else
    for (const [key, item] of byKey) {
      const place = [...path, key];
      fields.add([...place, "."].join(glue));
      collectMap(item, place, names, fields);
    }
}

const valueStep = (item: Json) => `v:${JSON.stringify(item)}`;

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
  if (step.startsWith("v:")) return here.find((item) => valueStep(item) === step);
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

/** The largest part around a path that nobody owns anything of: what was defaulted there goes with its last owner. */
export function unownedPart(path: string, isOwned: (prefix: string) => boolean): string {
  let steps = path.split(glue);
  while (steps.length > 2 && steps.at(-1)?.startsWith("f:")) {
    const above = steps.slice(0, -1);
    if (!above.at(-1)?.startsWith("f:") || isOwned(above.join(glue))) break;
    steps = above;
  }
  return steps.join(glue);
}

/** Maps from texts to texts, which are written only where there is something in them, as all lists are. */
const plainMaps = new Set(["f:labels", "f:annotations", "f:data", "f:nodeSelector", "f:matchLabels"]);

function removeStep(object: JsonMap, steps: Path): void {
  const last = steps.at(-1) ?? "";
  const above = steps.slice(0, -1);
  const parent = above.reduce<Json | undefined>(stepInto, object);
  if (last.startsWith("f:") && isMap(parent)) {
    delete parent[last.slice(2)];
    if (Object.keys(parent).length === 0 && plainMaps.has(above.at(-1) ?? "")) removeStep(object, above);
  }
  if (!Array.isArray(parent)) return;
  const item = stepInto(parent, last);
  const index = item === undefined ? -1 : parent.indexOf(item);
  if (index >= 0) parent.splice(index, 1);
  if (parent.length === 0) removeStep(object, above);
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

/** The fields of such a tree. */
export function fieldsIn(tree: JsonMap): FieldSet {
  return new Set(pathsIn(tree, []));
}

function pathsIn(tree: JsonMap, path: Path): string[] {
  const steps = Object.entries(tree);
  if (steps.length === 0) return path.length > 0 ? [path.join(glue)] : [];
  return steps.flatMap(([step, inner]) => pathsIn(isMap(inner) ? inner : {}, [...path, step]));
}

/** A set of fields as it is written in `fieldsV1`. */
export function toTree(fields: FieldSet): JsonMap {
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

/** Whether a path leads to a place or to something inside it. */
export function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(place + glue);
}
