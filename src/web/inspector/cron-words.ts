import { nextTimes } from "../../core/catalog/cron-times.ts";

/** When a schedule comes next, in words, by the clock of its time zone; `undefined` for one that says nothing of it. */
export function cronWords(schedule: string, zone: string | undefined, now: Date): string[] | undefined {
  const clock = wallClock(now, zone);
  if (!clock) return undefined;
  const times = nextTimes(schedule, clock, 3);
  const words = new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  return times.length > 0 ? times.map((time) => words.format(time)) : undefined;
}

/** What the clock shows in a time zone, as if it were UTC. */
function wallClock(now: Date, zone = "UTC"): Date | undefined {
  try {
    const format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone,
      dateStyle: "short",
      timeStyle: "medium",
    });
    return new Date(`${format.format(now).replace(" ", "T")}Z`);
  } catch {
    return undefined;
  }
}
