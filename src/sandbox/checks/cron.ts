import { type Json, type JsonMap, map, text } from "../objects.ts";
import type { Cause } from "../status.ts";
import { invalidValue, negative, oneOf, required } from "./faults.ts";
import { jobSpecFaults } from "./workloads.ts";

export function cronJobFaults(spec: JsonMap): Cause[] {
  return [
    ...jobSpecFaults(map(map(spec.jobTemplate).spec), "spec.jobTemplate.spec"),
    ...scheduleFaults(spec.schedule),
    ...oneOf("spec.concurrencyPolicy", spec.concurrencyPolicy, ["Allow", "Forbid", "Replace"]),
    ...negative("spec.startingDeadlineSeconds", spec.startingDeadlineSeconds),
    ...negative("spec.successfulJobsHistoryLimit", spec.successfulJobsHistoryLimit),
    ...negative("spec.failedJobsHistoryLimit", spec.failedJobsHistoryLimit),
    ...timeZoneFaults(spec.timeZone),
  ];
}

const descriptors = new Set([
  "@yearly",
  "@annually",
  "@monthly",
  "@weekly",
  "@daily",
  "@midnight",
  "@hourly",
]);

function scheduleFaults(given: Json | undefined): Cause[] {
  const schedule = text(given);
  const field = "spec.schedule";
  if (!schedule) return [required(field)];
  if (/^(CRON_)?TZ=/.test(schedule))
    return [
      invalidValue(field, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"),
    ];
  const why = schedule.startsWith("@") ? descriptorFault(schedule) : fieldsFault(schedule);
  return why === undefined ? [] : [invalidValue(field, schedule, why)];
}

function descriptorFault(schedule: string): string | undefined {
  if (descriptors.has(schedule) || /^@every (\d+(\.\d+)?(ns|us|ms|s|m|h))+$/.test(schedule)) return undefined;
  return schedule.startsWith("@every ")
    ? `failed to parse duration ${schedule}: time: invalid duration "${schedule.slice(7)}"`
    : `unrecognized descriptor: ${schedule}`;
}

const bounds = [
  { min: 0, max: 59, names: "" },
  { min: 0, max: 23, names: "" },
  { min: 1, max: 31, names: "" },
  { min: 1, max: 12, names: "jan feb mar apr may jun jul aug sep oct nov dec" },
  { min: 0, max: 6, names: "sun mon tue wed thu fri sat" },
];

function fieldsFault(schedule: string): string | undefined {
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5) return `expected exactly 5 fields, found ${fields.length}: [${fields.join(" ")}]`;
  for (const [index, field] of fields.entries())
    for (const part of field.split(",")) {
      const why = rangeFault(part, bounds[index] ?? { min: 0, max: 0, names: "" });
      if (why) return why;
    }
  return undefined;
}

interface Bounds {
  min: number;
  max: number;
  names: string;
}

function rangeFault(part: string, { min, max, names }: Bounds): string | undefined {
  const [range = "", step, ...tooMany] = part.split("/");
  const [first = "", last, ...more] = range.split("-");
  if (tooMany.length > 0) return `too many slashes: ${part}`;
  if (more.length > 0) return `too many hyphens: ${part}`;
  if (step !== undefined && !/^\d+$/.test(step)) return unreadable(step);
  if (step !== undefined && Number(step) === 0) return `step of range should be a positive number: ${part}`;
  if (first === "*" || first === "?") return undefined;
  const known = names.split(" ").filter(Boolean);
  const ends = [first, last ?? first].map((end) =>
    known.includes(end.toLowerCase()) ? min + known.indexOf(end.toLowerCase()) : end,
  );
  const bad = ends.find((end) => typeof end === "string" && !/^\d+$/.test(end));
  if (bad !== undefined) return unreadable(String(bad));
  const [start = 0, end = 0] = ends.map(Number);
  if (start < min) return `beginning of range (${start}) below minimum (${min}): ${part}`;
  if (end > max) return `end of range (${end}) above maximum (${max}): ${part}`;
  return start > end ? `beginning of range (${start}) beyond end of range (${end}): ${part}` : undefined;
}

const unreadable = (text: string) =>
  `failed to parse int from ${text}: strconv.Atoi: parsing "${text}": invalid syntax`;

function timeZoneFaults(given: Json | undefined): Cause[] {
  if (given === undefined) return [];
  const zone = text(given);
  if (!zone) return [invalidValue("spec.timeZone", zone, "timeZone must be nil or non-empty string")];
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return [];
  } catch {
    return [invalidValue("spec.timeZone", zone, `unknown time zone ${zone}`)];
  }
}
