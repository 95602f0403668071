const macros = new Set(["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"]);
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

interface Field {
  min: number;
  max: number;
  names?: readonly string[];
  base?: number;
}

const fields: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: months, base: 1 },
  // Seven is no Sunday here, unlike in other crons.
  { min: 0, max: 6, names: days, base: 0 },
];

/** Five fields as Kubernetes reads them, or a macro. Six, with seconds, are no schedule of Kubernetes'. */
export function isCron(schedule: string): boolean {
  const text = schedule.trim();
  if (macros.has(text) || /^@every (\d+(\.\d+)?(h|m|s|ms|us|ns))+$/.test(text)) return true;
  const parts = text.split(/\s+/);
  return parts.length === fields.length && parts.every((part, index) => isField(part, fields[index]));
}

function isField(part: string, field: Field | undefined): boolean {
  return field !== undefined && part.split(",").every((each) => isRange(each, field));
}

function isRange(text: string, field: Field): boolean {
  const [range = "", step, ...more] = text.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === "*" || range === "?") return true;
  const [from = "", to, ...further] = range.split("-");
  const [start, end] = [numberOf(from, field), to === undefined ? undefined : numberOf(to, field)];
  if (further.length > 0 || start === undefined) return false;
  return to === undefined || (end !== undefined && start <= end);
}

function numberOf(text: string, { min, max, names, base = 0 }: Field): number | undefined {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + base;
  if (!/^\d{1,2}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= min && number <= max ? number : undefined;
}
