import type { Shape } from "./shapes.ts";

/** What was answered, with the least there can be wherever null is and may not be. All else stays as it came. */
export function whole(shape: Shape | undefined, value: unknown): unknown {
  if (shape === null || shape === undefined) return value;
  if (isList(shape)) return Array.isArray(value) ? wholeList(shape[0], value) : (value ?? []);
  if (typeof shape !== "object") return value ?? shape;
  const object: unknown = value ?? {};
  return isObject(object) ? wholeObject(shape, object) : object;
}

/** Nothing is no member of a list. */
function wholeList(shape: Shape, list: readonly unknown[]): unknown[] {
  return list.filter((each) => shape === null || each !== null).map((each) => whole(shape, each));
}

/** In place: nobody else has seen it yet, and drawings are large. */
function wholeObject(shape: Readonly<Record<string, Shape>>, value: Record<string, unknown>): unknown {
  for (const [member, of] of Object.entries(shape)) {
    const name = member.slice(0, -1);
    if (member === "*") for (const each of Object.keys(value)) value[each] = whole(of, value[each]);
    else if (member.startsWith("|")) return whole(variantOf(of, value[member.slice(1)]), value);
    else if (!member.endsWith("?")) value[member] = whole(of, value[member]);
    else if (value[name] === null && of !== null) delete value[name];
    else if (value[name] !== undefined) value[name] = whole(of, value[name]);
  }
  return value;
}

function variantOf(variants: Shape, word: unknown): Shape | undefined {
  return isObject(variants) ? (variants[String(word)] as Shape | undefined) : undefined;
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
