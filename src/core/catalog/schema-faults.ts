import type { TSchema } from "typebox";
import { Check } from "typebox/value";
import type { Described } from "./described.ts";
import type { Fault } from "./fault.ts";
import { pointer } from "./text-values.ts";

type Keys = readonly (string | number)[];

/** Everything that does not fit a schema, one sentence for each place. Slow, and only asked when something is wrong. */
export function schemaFaults(schema: Described, value: unknown, at: Keys = []): Fault[] {
  // `Described` is the reading of a schema, so that it goes back as one.
  if (Check(schema as TSchema, value)) return [];
  const inside = insideFaults(schema, value, at);
  return inside.length > 0 ? inside : [ownFault(schema, value, at)];
}

function insideFaults(schema: Described, value: unknown, at: Keys): Fault[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.flatMap((each, index) => schemaFaults(items, each, [...at, index])) : [];
  }
  if (typeof value !== "object" || value === null) return [];
  const given = new Map<string, unknown>(Object.entries(value));
  const { properties = {}, required = [], patternProperties = {} } = schema;
  const missing = required.filter((key) => !given.has(key));
  const [any] = Object.values(patternProperties);
  return [
    ...missing.map((key) => missingFault(properties[key], [...at, key])),
    ...[...given].flatMap(([key, part]) => {
      // What stands in a map is called by its key.
      const described = Object.hasOwn(properties, key)
        ? properties[key]
        : any && { ...any, title: `“${key}”` };
      return described ? schemaFaults(described, part, [...at, key]) : [];
    }),
  ];
}

function missingFault(described: Described | undefined, at: Keys): Fault {
  return { path: pointer(...at), code: "required", message: `${called(described, at)} is missing` };
}

function ownFault(schema: Described, value: unknown, at: Keys): Fault {
  const choices = schema.anyOf ?? [schema];
  const meant = choices.find((each) => isOfType(each, value));
  const path = pointer(...at);
  const name = called(schema, at);
  if (!meant) return { path, code: "wrong-type", message: `${name} ${typeRefusal(choices, value)}` };
  if (meant.enum) {
    const message = `${name} must be one of ${meant.enum.join(", ")}`;
    return { path, code: "unknown-word", message };
  }
  const code = typeof value === "number" ? "out-of-range" : "wrong-form";
  const refusal = meant.refusal ?? choices.find((each) => each.refusal)?.refusal ?? "is not as it must be";
  return { path, code, message: `${name} ${refusal}` };
}

/** What a place is called: its title, or else its own key. */
function called(described: Described | undefined, at: Keys): string {
  const own = described?.title ?? described?.anyOf?.find(({ title }) => title)?.title;
  const key = at.findLast((part) => typeof part === "string");
  const name = own ?? String(key ?? "This");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function isOfType({ type, enum: words, properties, patternProperties }: Described, value: unknown): boolean {
  if (words) return typeof value === "string";
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object" || properties || patternProperties)
    return typeof value === "object" && value !== null && !Array.isArray(value);
  return type === typeof value;
}

const spoken: Readonly<Record<string, string>> = {
  string: "must be a text",
  number: "must be a number",
  integer: "must be a whole number",
  boolean: "must be true or false",
  array: "must be a list",
  object: "must be a map of names to values",
};

function typeRefusal(choices: readonly Described[], value: unknown): string {
  const refusal = choices.find((each) => each.refusal)?.refusal;
  const [first] = choices;
  const sentence =
    refusal ?? spoken[first?.type ?? (first?.enum ? "string" : "object")] ?? "is not as it must be";
  const isNumber = choices.some(({ type }) => type === "integer" || type === "number");
  const isQuoted =
    isNumber && typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
  return isQuoted ? `${sentence}; here it is a text, so write ${value.trim()} without quotes` : sentence;
}
