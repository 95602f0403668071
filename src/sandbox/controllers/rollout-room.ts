import { map, number, type Obj, text } from "../objects.ts";

/** How many more there may be, and how many may be missing: shares of what is wanted, one of them never nothing. */
export function roomOf({ spec = {} }: Obj): { surge: number; missing: number } {
  const wanted = number(spec.replicas, 1);
  const rolling = map(map(spec.strategy).rollingUpdate);
  const surge = share(rolling.maxSurge ?? "25%", wanted, Math.ceil);
  const missing = share(rolling.maxUnavailable ?? "25%", wanted, Math.floor);
  return { surge, missing: missing || (surge === 0 ? 1 : 0) };
}

function share(given: unknown, of: number, round: (value: number) => number): number {
  const asked = text(given);
  return asked.endsWith("%") ? round((Number.parseFloat(asked) * of) / 100) : Number(given);
}
