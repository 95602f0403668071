import type { TriggerData } from "../../../contract/runs.ts";

export const masked = "••••";

/** What is shorter than this is part of too many words. */
const fewest = 4;

export type Mask = ReturnType<typeof createMask>;

/** Takes values that are secret out of whatever is about to be kept or shown. */
export function createMask() {
  const forms = new Set<string>();
  let longestFirst: string[] = [];

  const text = (given: string): string =>
    longestFirst.reduce((left, form) => left.replaceAll(form, masked), given);

  return {
    learn(values: Iterable<string>): void {
      const before = forms.size;
      for (const value of values) for (const form of formsOf(value)) forms.add(form);
      // One value may hold another, which would leave the rest of it to be read.
      if (forms.size > before) longestFirst = [...forms].toSorted((a, b) => b.length - a.length);
    },

    text,

    /** Whether nothing is known that would have to be masked. */
    isEmpty: () => forms.size === 0,

    /** The same value with every text in it masked; the keys stay. */
    deep: <T>(value: T): T => (forms.size === 0 ? value : (mapTexts(value, text) as T)),
  };
}

/** The ways a value is usually written down: as it is, encoded, and line by line. */
function formsOf(value: string): string[] {
  if (value.length < fewest) return [];
  const bytes = Buffer.from(value);
  const encoded = [
    bytes.toString("base64"),
    bytes.toString("base64url"),
    encodeURIComponent(value.toWellFormed()),
  ];
  const lines = value.includes("\n") ? value.split(/\r?\n/).filter((line) => line.length >= 2 * fewest) : [];
  return [value, JSON.stringify(value).slice(1, -1), ...encoded, ...lines];
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, change)]));
}

/** Every value a run was given. */
export function givenValues({ secrets = {}, envVars = {} }: TriggerData): string[] {
  return [...Object.values(secrets), ...Object.values(envVars)].flatMap((values) => Object.values(values));
}
