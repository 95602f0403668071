import { itemKey, listTypeOf } from "../list-keys.ts";
import { isMap, type Json, type JsonMap, put } from "../objects.ts";
import { kindStructs } from "./kind-structs.ts";
import { podStructs } from "./pod-structs.ts";
import { type FieldType, type Struct, structsFrom } from "./structs.ts";
import { isOf } from "./values.ts";

const structs = structsFrom(podStructs + kindStructs);

/** Where a field is, in the three ways in which the server tells it. */
export interface Place {
  /** The struct the field is in. */
  struct: string;
  /** `spec.containers[0].image` */
  path: string;
  /** `spec.containers.image` */
  plain: string;
  /** `.spec.containers[name="a"].image` */
  keyed: string;
  names: readonly string[];
}

/** A field the server's types do not have, or have as another type. */
export interface Oddity {
  place: Place;
  value: Json;
  /** What it should be; nothing where there is no such field. */
  type?: FieldType;
}

export interface Decoded {
  object: JsonMap;
  oddities: Oddity[];
}

/** An object as the server's types take it in: without the fields they do not have, and without nulls. */
export function decode(object: JsonMap): Decoded {
  const oddities: Oddity[] = [];
  const kind = String(object.kind);
  const struct = structs.get(kind);
  // Whole kinds alone say what they are; a custom kind may well be called as one of the structs in between.
  if (!struct?.has("metadata")) return { object, oddities };
  const root: Place = { struct: kind, path: "", plain: "", keyed: "", names: [] };
  return { object: readStruct(object, struct, root, oddities), oddities };
}

function readStruct(value: JsonMap, struct: Struct, place: Place, found: Oddity[]): JsonMap {
  const read: JsonMap = {};
  for (const [key, inner] of Object.entries(value)) {
    const type = struct.get(key);
    const at = into(place, key);
    if (!type) found.push({ place: at, value: inner ?? null });
    else if (inner !== null && inner !== undefined) put(read, key, readField(inner, type, at, found));
  }
  return read;
}

function into({ struct, path, plain, keyed, names }: Place, key: string): Place {
  return {
    struct,
    path: path ? `${path}.${key}` : key,
    plain: plain ? `${plain}.${key}` : key,
    keyed: `${keyed}.${key}`,
    names: [...names, key],
  };
}

function readField(value: Json, type: FieldType, place: Place, found: Oddity[]): Json {
  if (type.shape === "one") return readOne(value, type, place, found);
  if (type.shape === "list" && Array.isArray(value))
    return value.map((item, index) => readOne(item, type, atItem(place, item, index), found));
  if (type.shape === "map" && isMap(value)) {
    const read: JsonMap = {};
    for (const [key, item] of Object.entries(value)) put(read, key, readOne(item ?? "", type, place, found));
    return read;
  }
  found.push({ place, value, type });
  return value;
}

function atItem(place: Place, item: Json, index: number): Place {
  const type = listTypeOf(place.names);
  const key = type.type === "keyed" && isMap(item) ? readableKey(item, type.keys) : `[${index}]`;
  return { ...place, path: `${place.path}[${index}]`, keyed: `${place.keyed}${key}` };
}

function readableKey(item: JsonMap, keys: readonly string[]): string {
  const parts = Object.entries(JSON.parse(itemKey(item, keys).slice(2)) as JsonMap);
  return `[${parts.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(",")}]`;
}

function readOne(value: Json, { of }: FieldType, place: Place, found: Oddity[]): Json {
  const struct = structs.get(of);
  if (struct && isMap(value)) return readStruct(value, struct, { ...place, struct: of }, found);
  if (struct || !isOf(value, of)) found.push({ place, value, type: { of, shape: "one" } });
  return value;
}
