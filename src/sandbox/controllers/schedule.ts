const macros: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};
const names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const months = ["", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const minuteMs = 60_000;
const lookAheadMinutes = 2 * 366 * 24 * 60;

/** The next time after `from` that a schedule names, in UTC; none within two years means never. */
export function nextTime(schedule: string, from: Date): Date | undefined {
  const fields = (macros[schedule.trim()] ?? schedule).trim().toLowerCase().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const [minute, hour, day, month, weekday] = fields.map((field, index) => valuesOf(field, index));
  let time = new Date(Math.floor(from.getTime() / minuteMs) * minuteMs + minuteMs);
  for (let step = 0; step < lookAheadMinutes; step += 1, time = new Date(time.getTime() + minuteMs)) {
    if (
      !month?.has(time.getUTCMonth() + 1) ||
      !hour?.has(time.getUTCHours()) ||
      !minute?.has(time.getUTCMinutes())
    )
      continue;
    if (day?.has(time.getUTCDate()) && weekday?.has(time.getUTCDay())) return time;
  }
  return undefined;
}

const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;

function valuesOf(field: string, index: number): Set<number> {
  const [min, max] = ranges[index] ?? [0, 0];
  const values = new Set<number>();
  for (const part of field.split(",")) {
    const [range = "*", step = "1"] = part.split("/");
    const [from, to] =
      range === "*" || range === "?"
        ? [min, max]
        : endsOf(range, index, part.includes("/") ? max : undefined);
    for (let value = from; value <= to; value += Math.max(1, Number(step)))
      values.add(index === 4 ? value % 7 : value);
  }
  return values;
}

function endsOf(range: string, index: number, openEnd: number | undefined): [number, number] {
  const [from = "", to] = range.split("-");
  const start = numberOf(from, index);
  return [start, to === undefined ? (openEnd ?? start) : numberOf(to, index)];
}

function numberOf(text: string, index: number): number {
  const named = index === 4 ? names.indexOf(text) : index === 3 ? months.indexOf(text) : -1;
  return named >= 0 ? named : Number(text);
}
