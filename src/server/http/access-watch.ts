import type { Standing } from "../../core/access/grant.ts";
import { createWatch } from "./watch.ts";

/** Something that goes on for somebody, as long as they have what it stands on. */
interface Held extends Standing {
  user_id: string;
}

/** Says which of all these still have what they stand on: one question for everything that is open. */
export interface Grants {
  stillHeld(held: readonly Held[]): Promise<readonly Held[]>;
}

export type AccessWatch = ReturnType<typeof createAccessWatch>;

/** Ends what is open on a cluster when access to it has gone: soon by itself, and at once when told to look. */
export function createAccessWatch({ stillHeld }: Grants, everyMs: number) {
  const { watch, look } = createWatch(async (keys) => {
    const held = await stillHeld(keys.map(heldBy));
    return new Set(held.map(keyOf));
  }, everyMs);
  return { watch: (held: Held, end: () => void) => watch(keyOf(held), end), look };
}

function keyOf({ user_id, cluster_id, role, namespace }: Held): string {
  return JSON.stringify({ user_id, cluster_id, role, namespace });
}

const heldBy = (key: string): Held => JSON.parse(key) as Held;
