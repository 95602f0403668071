import type { Gate } from "./caller.ts";

type End = () => void;

export type SessionWatch = ReturnType<typeof createSessionWatch>;

/** Ends what is open when its session has ended, asking about all of them at once. */
export function createSessionWatch({ stillWelcome }: Pick<Gate, "stillWelcome">, everyMs: number) {
  const open = new Map<string, Set<End>>();
  let isPlanned = false;

  async function look(): Promise<void> {
    const asked = [...open.keys()];
    const welcome = await stillWelcome(asked);
    for (const session_id of asked)
      if (!welcome.has(session_id)) for (const end of open.get(session_id) ?? []) end();
  }

  function plan(): void {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(async () => {
      // A database that is away for a moment ends nobody's session.
      await look().catch(() => undefined);
      isPlanned = false;
      if (open.size > 0) plan();
    }, everyMs).unref();
  }

  /** Answers with the way to stop watching. */
  return (session_id: string, end: End): (() => void) => {
    const ends = open.get(session_id) ?? new Set();
    open.set(session_id, ends.add(end));
    plan();
    return () => {
      ends.delete(end);
      if (ends.size === 0 && open.get(session_id) === ends) open.delete(session_id);
    };
  };
}
