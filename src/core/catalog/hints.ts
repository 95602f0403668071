import type { TSchema } from "typebox";

/** Widgets that a schema alone does not ask for. `hidden` is what a canvas keeps for itself. */
export type WidgetHint =
  | "image"
  | "host"
  | "cron"
  | "environment"
  | "environment-from"
  | "configuration"
  | "names"
  | "probe"
  | "yaml"
  | "hidden";

/** How a form shows a setting; without a group it is among the first that people see. */
export interface Hints {
  group?: string;
  /** Within its group: the lower, the sooner; what has none keeps its place after them. */
  order?: number;
  /** What an amount or a number counts. */
  unit?: string;
  /** Help, in a sentence. */
  description?: string;
  examples?: readonly string[];
  widget?: WidgetHint;
}

type Properties = Record<string, TSchema>;

/** The same settings, with what a form has to know of them. */
export function hinted<Settings extends Properties>(
  settings: Settings,
  hints: { [Key in keyof Settings]?: Hints },
): Settings {
  const entries = Object.entries(settings).map(([key, schema]) => [key, withHints(schema, hints[key])]);
  return Object.fromEntries(entries) as Settings;
}

/** The same settings, all of one group. */
export function inGroup<Settings extends Properties>(group: string, settings: Settings): Settings {
  const entries = Object.entries(settings).map(([key, schema]) => [key, withHints(schema, { group })]);
  return Object.fromEntries(entries) as Settings;
}

/** A copy, with what a schema knows of itself beside its keywords. */
function withHints(schema: TSchema, hints: Hints | undefined): TSchema {
  if (!hints) return schema;
  return Object.assign(Object.defineProperties({}, Object.getOwnPropertyDescriptors(schema)), hints);
}
