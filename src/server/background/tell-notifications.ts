import { setTimeout as pause } from "node:timers/promises";
import type { UserEvents } from "../events/user-events.ts";
import type { NotificationStore } from "../storage/notifications.ts";

interface TellNeeds {
  notifications: Pick<NotificationStore, "latest">;
  users: Pick<UserEvents, "notified" | "isAnybodyThere">;
  report(error: unknown): void;
}

const everyMs = 500;
/** Longer than a transaction takes: what one wrote early and committed late is not passed over. */
const overlapMs = 10_000;

/** Tells who is here of what any server has notified them of, each once. */
export async function tellNotifications(
  { notifications, users, report }: TellNeeds,
  signal: AbortSignal,
): Promise<void> {
  let told = new Set<string>();
  let wasAnybodyThere = false;

  async function look(): Promise<void> {
    const latest = await notifications.latest(overlapMs);
    for (const { notification, ageMs } of latest) {
      // Who has just come has seen what was there, and who comes back hears what was told meanwhile from the stream.
      const isNew = wasAnybodyThere || ageMs < 2 * everyMs;
      if (isNew && !told.has(notification.id)) users.notified(notification);
    }
    told = new Set(latest.map(({ notification }) => notification.id));
  }

  while (!signal.aborted) {
    await pause(everyMs, undefined, { signal, ref: false });
    // A database that is away for a moment is asked the next time.
    const isAnybodyThere = users.isAnybodyThere();
    if (isAnybodyThere) await look().catch(report);
    wasAnybodyThere = isAnybodyThere;
  }
}
