import { isCron } from "./cron.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const macros = new Map([
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
  ["@monthly", "0 0 1 * *"],
  ["@weekly", "0 0 * * 0"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@hourly", "0 * * * *"],
]);

const dayMs = 86_400_000;
/** A leap day may be eight years away. */
const mostDays = 8 * 366;

/**
 * The next times of a schedule, by the clock that `from` shows in UTC; none where there is no such time, or where the
 * schedule counts from when its controller started.
 */
export function nextTimes(schedule: string, from: Date, count: number): Date[] {
  const text = macros.get(schedule.trim()) ?? schedule.trim();
  const parts = text.split(/\s+/);
  if (!isCron(text) || parts.length !== 5) return [];
  const [minutes, hours, dates, inMonths, weekdays] = setsOf(parts);
  const isAnyDay = (part = "") => /^[*?]/.test(part);
  const fits = (day: Date): boolean => {
    if (!inMonths.has(day.getUTCMonth() + 1)) return false;
    const [byDate, byDay] = [dates.has(day.getUTCDate()), weekdays.has(day.getUTCDay())];
    // Of a date and a weekday either will do, unless one of them is any.
    return isAnyDay(parts[2]) || isAnyDay(parts[4]) ? byDate && byDay : byDate || byDay;
  };
  const found: Date[] = [];
  const start = Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate());
  for (let day = 0; day < mostDays && found.length < count; day += 1) {
    const date = new Date(start + day * dayMs);
    if (fits(date)) found.push(...timesOf(date, hours, minutes, from).slice(0, count - found.length));
  }
  return found;
}

function timesOf(day: Date, hours: ReadonlySet<number>, minutes: ReadonlySet<number>, after: Date): Date[] {
  return [...hours].flatMap((hour) =>
    [...minutes]
      .map((minute) => new Date(day.getTime() + (hour * 60 + minute) * 60_000))
      .filter((time) => time > after),
  );
}

type Sets = [Set<number>, Set<number>, Set<number>, Set<number>, Set<number>];

function setsOf([minute = "", hour = "", date = "", month = "", weekday = ""]: readonly string[]): Sets {
  return [
    numbersOf(minute, 0, 59),
    numbersOf(hour, 0, 23),
    numbersOf(date, 1, 31),
    numbersOf(month, 1, 12, months, 1),
    numbersOf(weekday, 0, 6, days, 0),
  ];
}

function numbersOf(
  part: string,
  min: number,
  max: number,
  names: readonly string[] = [],
  base = 0,
): Set<number> {
  const numberOf = (text: string) => {
    const named = names.indexOf(text.toLowerCase());
    return named >= 0 ? named + base : Number(text);
  };
  const numbers = part.split(",").flatMap((each) => {
    const [range = "", step] = each.split("/");
    const isAny = range === "*" || range === "?";
    const [from = "", to] = range.split("-");
    const first = isAny ? min : numberOf(from);
    const last = isAny || (to === undefined && step !== undefined) ? max : numberOf(to ?? from);
    const every = Number(step ?? 1);
    return Array.from(
      { length: Math.floor((last - first) / every) + 1 },
      (_, index) => first + index * every,
    );
  });
  return new Set(numbers.sort((a, b) => a - b));
}
