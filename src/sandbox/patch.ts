import { keyed, listTypeOf } from "./list-keys.ts";
import { copy, isMap, type Json, type JsonMap, put, same } from "./objects.ts";
import { badRequest, StatusError } from "./status.ts";

/** RFC 7396. */
export function mergePatch(base: Json | undefined, patch: Json): Json {
  if (!isMap(patch)) return copy(patch);
  const merged: JsonMap = isMap(base) ? copy(base) : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else if (value !== undefined) put(merged, key, mergePatch(merged[key], value));
  }
  return merged;
}

/** Like a merge patch, but lists whose items have keys are merged by them; `$patch: delete` takes an item away. */
export function strategicPatch(base: Json | undefined, patch: Json, path: readonly string[] = []): Json {
  if (!isMap(patch)) return copy(patch);
  const merged: JsonMap = isMap(base) ? copy(base) : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else if (value !== undefined && !key.startsWith("$"))
      put(merged, key, strategicValue(merged[key], value, [...path, key]));
  }
  return merged;
}

function strategicValue(base: Json | undefined, value: Json, path: readonly string[]): Json {
  if (!Array.isArray(value)) return strategicPatch(base, value, path);
  const type = listTypeOf(path);
  const [old, fresh] =
    type.type === "keyed" ? [keyed(Array.isArray(base) ? base : [], type.keys), keyed(value, type.keys)] : [];
  if (!old || !fresh) return copy(value);
  for (const [key, item] of fresh) {
    if (item.$patch === "delete") old.delete(key);
    else old.set(key, strategicPatch(old.get(key), item, path) as JsonMap);
  }
  return [...old.values()];
}

interface Operation {
  op?: unknown;
  path?: unknown;
  from?: unknown;
  value?: Json;
}

/** RFC 6902. */
export function jsonPatch(base: Json, patch: Json): Json {
  if (!Array.isArray(patch)) throw badRequest("error decoding patch: a JSON patch is a list of operations");
  return patch.reduce<Json>((document, operation) => applyOne(document, operation as Operation), copy(base));
}

function applyOne(document: Json, { op, path, from, value }: Operation): Json {
  if (typeof path !== "string") throw badRequest("an operation of a JSON patch has no path");
  const moved = op === "move" || op === "copy" ? lookUp(document, String(from)) : value;
  if (op === "test") {
    if (!same(lookUp(document, path), value)) throw unfitting();
    return document;
  }
  if (op === "move") change(document, String(from), "remove", undefined);
  if (op === "remove" || op === "replace") lookUp(document, path);
  if (path === "") return moved ?? null;
  change(document, path, op === "remove" ? "remove" : op === "replace" ? "replace" : "add", moved);
  return document;
}

/** The server does not say which operation it could not do. */
const unfitting = () =>
  new StatusError(422, "Invalid", "the server rejected our request due to an error in our request");

const stepsOf = (path: string) =>
  path
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

function lookUp(document: Json, path: string): Json {
  let here: Json | undefined = document;
  for (const step of stepsOf(path)) {
    here = Array.isArray(here)
      ? here[Number(step)]
      : isMap(here) && Object.hasOwn(here, step)
        ? here[step]
        : undefined;
    if (here === undefined) throw unfitting();
  }
  return here;
}

type How = "add" | "remove" | "replace";

function change(document: Json, path: string, how: How, value: Json | undefined): void {
  const steps = stepsOf(path);
  const last = steps.pop() ?? "";
  const parent = lookUp(
    document,
    steps.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
  );
  if (Array.isArray(parent))
    changeItem(parent, last === "-" ? parent.length : Number(last), how, value ?? null);
  else if (!isMap(parent)) throw unfitting();
  else if (how === "remove") delete parent[last];
  else put(parent, last, value ?? null);
}

function changeItem(items: Json[], index: number, how: How, value: Json): void {
  if (!(index >= 0 && index <= items.length)) throw unfitting();
  if (how === "remove") items.splice(index, 1);
  else items.splice(index, how === "replace" ? 1 : 0, value);
}
