import { isMap, pointer as pointerTo } from "../catalog/text-values.ts";
import { isSame, own } from "./json-values.ts";

/** The steps of a JSON Pointer (RFC 6901). */
export function stepsOf(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export function valueAt(object: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce(stepInto, object);
}

/** What is one step further in, if anything is. */
export function stepInto(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return isIndex(step) ? value[Number(step)] : undefined;
  return isMap(value) ? own(value, step) : undefined;
}

const isIndex = (step: string) => /^(0|[1-9]\d*)$/.test(step);

/**
 * Where a field is that Kubernetes names as it does in conflicts, such as
 * `.spec.template.spec.containers[name="web"].image`. Undefined where the object has no such field.
 */
export function pointerOfField(object: unknown, fieldPath: string): string | undefined {
  const path = /^[.[]/.test(fieldPath) ? fieldPath : `.${fieldPath}`;
  const steps = resolve(object, path);
  return steps && pointerTo(...steps);
}

type Steps = (string | number)[];

function resolve(value: unknown, path: string): Steps | undefined {
  if (path === "") return value === undefined ? undefined : [];
  if (path.startsWith(".")) return resolveName(value, path.slice(1));
  const [whole, inner = ""] = /^\[((?:"(?:[^"\\]|\\.)*"|[^\]"])*)\]/.exec(path) ?? [];
  return whole === undefined ? undefined : resolveBrackets(value, inner, path.slice(whole.length));
}

/** Keys may have dots and brackets themselves: the longest that is there and leads on is the one that is meant. */
function resolveName(value: unknown, path: string): Steps | undefined {
  if (!isMap(value)) return undefined;
  const candidates = Object.keys(value)
    .filter((key) => path.startsWith(key) && ["", ".", "["].includes(path.charAt(key.length)))
    .sort((a, b) => b.length - a.length);
  for (const key of candidates) {
    const rest = resolve(value[key], path.slice(key.length));
    if (rest) return [key, ...rest];
  }
  return undefined;
}

/** An item by its keys, by its value or by its index; or a map's member, as validation names those. */
function resolveBrackets(value: unknown, inner: string, path: string): Steps | undefined {
  const at = Array.isArray(value) ? indexOf(value, inner) : inner;
  const rest = resolve(stepInto(value, String(at)), path);
  return rest && [at, ...rest];
}

function indexOf(items: readonly unknown[], inner: string): number | string {
  if (isIndex(inner)) return Number(inner);
  if (inner.startsWith("=")) return items.findIndex((item) => isSame(item, parsed(inner.slice(1))));
  const pairs = [...inner.matchAll(/([^=,]+)=("(?:[^"\\]|\\.)*"|[^,]*)/g)].map(
    ([, key = "", value = ""]) => [key, parsed(value)] as const,
  );
  return items.findIndex((item) => pairs.length > 0 && hasKeys(item, pairs));
}

/** Whether an item is the one with those keys. A port that does not say so is a TCP port. */
export function hasKeys(item: unknown, pairs: readonly (readonly [string, unknown])[]): boolean {
  return isMap(item) && pairs.every(([key, value]) => isSame(keyValue(item, key), value));
}

export function keyValue(item: Readonly<Record<string, unknown>>, key: string): unknown {
  return own(item, key) ?? (key === "protocol" ? "TCP" : null);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Go quotes a few characters as JSON does not: such a key is none we find.
    return text;
  }
}
