import type { AuditStore } from "../../storage/audit.ts";

interface DenialNeeds {
  audits: AuditStore;
  now(): Date;
}

interface Denial {
  user_id: string;
  object: string;
  address: string;
}

const windowMs = 60_000;
const mostPerUser = 20;

/**
 * Notes who was denied what. The same is noted once a minute, and of one user no more than some: who asks all day
 * for what they may not have fills no disk with it.
 */
export function createDenialNotes({ audits, now }: DenialNeeds): (denial: Denial) => Promise<void> {
  let begun = 0;
  const noted = new Map<string, Set<string>>();

  function isWorthIt({ user_id, object }: Denial, at: number): boolean {
    if (at - begun >= windowMs || at < begun) {
      noted.clear();
      begun = at;
    }
    const objects = noted.get(user_id) ?? new Set();
    if (objects.has(object) || objects.size >= mostPerUser) return false;
    noted.set(user_id, objects.add(object));
    return true;
  }

  return async (denial) => {
    const at = now();
    if (!isWorthIt(denial, at.getTime())) return;
    await audits.note({ ...denial, at: at.toISOString(), action: "denied", result: "refused" });
  };
}
