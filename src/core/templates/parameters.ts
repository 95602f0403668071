import type { Parameter } from "../../contract/templates.ts";
import type { Described } from "../catalog/described.ts";

interface Said {
  /** In the order in which they are shown, before all others. */
  defaults: Readonly<Record<string, unknown>>;
  required: readonly string[];
  descriptions: Readonly<Record<string, string>>;
}

/** The settings of a kind as a form may ask for them. */
export function parametersOf(settings: Described, said: Said): Parameter[] {
  const schemas = settings.properties ?? {};
  // What a canvas keeps for itself is nobody's to fill in.
  const names = Object.keys(schemas).filter((name) => !name.startsWith("_"));
  const first = [...said.required, ...Object.keys(said.defaults)].filter((name) => name in schemas);
  return [...new Set([...first, ...names])].map((name) => toParameter(name, schemas[name] ?? {}, said));
}

function toParameter(name: string, schema: Described, { defaults, required, descriptions }: Said): Parameter {
  const { minimum: min, maximum: max } = schema;
  const options = optionsOf(schema);
  const usual = Object.hasOwn(defaults, name) ? defaults[name] : schema.default;
  return {
    name,
    label: schema.title ?? titleOf(schema) ?? wordsOf(name),
    description: descriptions[name] ?? schema.description ?? sentenceOf(schema),
    type: options ? "select" : typeOf(schema),
    required: required.includes(name),
    ...(usual !== undefined && { default: usual }),
    ...(options && { options: options.map((value) => ({ value, label: value })) }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

function titleOf({ anyOf }: Described): string | undefined {
  return anyOf?.find(({ title }) => title !== undefined)?.title;
}

/** `targetPort` is “Target port”. */
function wordsOf(name: string): string {
  const words = name.replace(/[A-Z]+(?![a-z])|[A-Z]/g, (letters) => ` ${letters.toLowerCase()}`).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What may be given, in the words that refuse everything else. */
function sentenceOf({ refusal = "" }: Described): string {
  const said = refusal.replace(/^must be /, "").replace(/^(may|must) /, "");
  return said && said.charAt(0).toUpperCase() + said.slice(1);
}

function optionsOf({ enum: words, anyOf = [] }: Described): string[] | undefined {
  const found = words ?? anyOf.find((each) => each.enum)?.enum;
  return found?.map(String);
}

const types: Readonly<Record<string, Parameter["type"]>> = {
  ...{ string: "string", integer: "number", number: "number", boolean: "boolean" },
  ...{ array: "array", object: "object" },
};

function typeOf({ type, anyOf = [] }: Described): Parameter["type"] {
  return types[type ?? anyOf.find((each) => each.type)?.type ?? "object"] ?? "object";
}
