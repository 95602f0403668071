/** Where a setting is within a node's data. */
export type Place = readonly (string | number)[];

type Data = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Data =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function valueAt(whole: unknown, place: Place): unknown {
  let found = whole;
  for (const key of place) {
    const isThere = (isMap(found) || Array.isArray(found)) && Object.hasOwn(found, key);
    found = isThere ? (found as Record<string | number, unknown>)[key] : undefined;
  }
  return found;
}

/** The same with one value set, or taken away by `undefined`; what then holds nothing more goes too. */
export function withValue(whole: Data, place: Place, value: unknown): Record<string, unknown> {
  return (changed(whole, place, value) ?? {}) as Record<string, unknown>;
}

function changed(whole: unknown, [key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(whole) || typeof key === "number") {
    const list = Array.isArray(whole) ? [...(whole as unknown[])] : [];
    list[Number(key)] = changed(list[Number(key)], rest, value) ?? (rest.length > 0 ? {} : value);
    return list;
  }
  const map = new Map<string, unknown>(isMap(whole) ? Object.entries(whole) : []);
  const inner = changed(map.get(key), rest, value);
  const isGone = inner === undefined || (value === undefined && rest.length > 0 && isEmpty(inner));
  if (isGone) map.delete(key);
  else map.set(key, inner);
  return Object.fromEntries(map);
}

function isEmpty(value: unknown): boolean {
  return isMap(value) && Object.keys(value).length === 0;
}

export function pointerOf(place: Place): string {
  return place.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Whether a JSON Pointer leads to a place, or into it. */
export function leadsInto(path: string, place: Place): boolean {
  const pointer = pointerOf(place);
  return path === pointer || path.startsWith(`${pointer}/`);
}
