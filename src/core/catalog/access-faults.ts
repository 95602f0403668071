import type { Fault } from "./fault.ts";
import { type Keys, pointer } from "./text-values.ts";

/** What a single pod has to itself cannot be shared as well. */
export function accessFaults(modes: readonly string[], at: Keys): Fault[] {
  if (!modes.includes("ReadWriteOncePod") || new Set(modes).size === 1) return [];
  const message = "ReadWriteOncePod goes with no other access mode";
  return [{ path: pointer(...at), code: "access-modes-conflict", message }];
}
