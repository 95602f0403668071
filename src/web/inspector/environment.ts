import type { Row } from "./table-rows.ts";

type Values = Record<string, unknown>;

const isMap = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A program's variables as a map, whichever of their two forms they were said in. */
export function environmentMap(env: unknown): Values {
  if (isMap(env)) return env;
  if (!Array.isArray(env)) return {};
  const named = env.filter(isMap).map(({ name, value, valueFrom }) => {
    return [String(name ?? ""), valueFrom === undefined ? (value ?? "") : { valueFrom }] as const;
  });
  return Object.fromEntries(named.filter(([name]) => name !== ""));
}

/** The variables in the form they were said in before. */
export function environmentLike(before: unknown, map: unknown): unknown {
  if (!Array.isArray(before) || !isMap(map)) return map;
  return Object.entries(map).map(([name, value]) => (isMap(value) ? { name, ...value } : { name, value }));
}

/** Where a variable's value comes from. */
export type Source = "text" | "configMapKeyRef" | "secretKeyRef" | "other";

export function sourceOf(value: unknown): Source {
  const from = isMap(value) ? value.valueFrom : undefined;
  if (!isMap(from)) return isMap(value) ? "other" : "text";
  const [kind] = Object.keys(from);
  return kind === "configMapKeyRef" || kind === "secretKeyRef" ? kind : "other";
}

export interface KeyReference extends Values {
  name?: string;
  key?: string;
}

export function referenceOf({ value }: Pick<Row, "value">): KeyReference {
  const from = isMap(value) && isMap(value.valueFrom) ? value.valueFrom : {};
  const reference = from.configMapKeyRef ?? from.secretKeyRef;
  return isMap(reference) ? reference : {};
}

export function fromKey(source: Source, reference: KeyReference): unknown {
  return { valueFrom: { [source]: reference } };
}
