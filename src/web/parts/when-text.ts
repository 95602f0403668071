const steps = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 30],
  ["month", 12],
  ["year", Number.POSITIVE_INFINITY],
] as const;

const relative = new Intl.RelativeTimeFormat("en");
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

/** "2 minutes ago"; what is less than ten seconds away is "now". */
export function relativeText(at: Date, now: number): string {
  let amount = (at.getTime() - now) / 1_000;
  if (Math.abs(amount) < 10) return "now";
  for (const [unit, size] of steps) {
    if (Math.abs(Math.round(amount)) < size) return relative.format(Math.round(amount), unit);
    amount /= size;
  }
  return "";
}

/** "14:02", as the reader writes it. */
export function clockText(at: Date): string {
  return clock.format(at);
}

/** Day, time and zone, as the reader writes them. */
export function exactText(at: Date): string {
  return exact.format(at);
}

/** The time that was told, where it is one. */
export function timeOf(at: string | number | null | undefined): Date | undefined {
  const time = new Date(at ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
