import type { Shape } from "./shapes.ts";

/** What making answers whole takes; a server that is another one by now may not have it any more. */
export const wholeParts = { preload: () => Promise.all([import("./shapes.ts"), import("./whole.ts")]) };

/**
 * What a server sent, as pages may count on it: one of another age may send null where something has to be. It is made
 * whole by what was fetched beforehand.
 *
 * @param operation As `shapes` calls it.
 */
export async function withoutNulls<Value>(operation: string, value: Value, event?: string): Promise<Value> {
  if (!hasNull(value)) return value;
  const parts = await wholeParts.preload().catch(() => undefined);
  if (!parts) return value;
  const [{ shapes }, { whole }] = parts;
  const shape = shapes[operation];
  return whole(event === undefined ? shape : memberOf(shape, event), value) as Value;
}

function memberOf(shape: Shape | undefined, name: string): Shape | undefined {
  return (shape as Readonly<Record<string, Shape>> | undefined)?.[name];
}

function hasNull(value: unknown): boolean {
  if (typeof value !== "object") return false;
  if (value === null) return true;
  for (const member of Array.isArray(value) ? value : Object.values(value)) if (hasNull(member)) return true;
  return false;
}
