import type { TSchema } from "typebox";
import type { Fault } from "./kind.ts";

interface SchemaError {
  keyword: string;
  instancePath: string;
  message: string;
  params?: unknown;
}

interface Described {
  title?: string;
  /** What to say instead of the pattern when it is not met. */
  refusal?: string;
  properties?: Record<string, Described>;
  items?: Described;
  additionalProperties?: Described | boolean;
  patternProperties?: Record<string, Described>;
}

/** The validator's findings as sentences, one for each place. */
export function faultsOf(errors: readonly SchemaError[], schema: TSchema): Fault[] {
  const byPath = new Map<string, Fault>();
  for (const error of errors)
    for (const fault of toFaults(error, schema)) byPath.set(fault.path, byPath.get(fault.path) ?? fault);
  // A wrong part makes the whole wrong too; only the part is worth saying.
  return [...byPath.values()].filter(
    ({ path }) => ![...byPath.keys()].some((other) => other.startsWith(`${path}/`)),
  );
}

function toFaults({ keyword, instancePath, message, params }: SchemaError, schema: TSchema): Fault[] {
  if (keyword === "required") {
    const { requiredProperties = [] } = (params ?? {}) as { requiredProperties?: string[] };
    return requiredProperties.map((name) => {
      const path = `${instancePath}/${name}`;
      return { path, code: "required", message: `${nameOf(schema, path)} is missing` };
    });
  }
  const { refusal } = describedAt(schema, instancePath) ?? {};
  const sentence = refusal ?? message;
  return [
    {
      path: instancePath,
      code: codes[keyword] ?? "invalid",
      message: `${nameOf(schema, instancePath)} ${sentence}`,
    },
  ];
}

const codes: Readonly<Record<string, string>> = {
  type: "wrong-type",
  pattern: "wrong-form",
  enum: "unknown-word",
  minimum: "out-of-range",
  maximum: "out-of-range",
};

/** What a place is called: its title, or else its own key. */
function nameOf(schema: TSchema, path: string): string {
  const key = path.split("/").findLast((part) => !/^\d*$/.test(part)) ?? "";
  const name = describedAt(schema, path)?.title ?? (key || "This");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function describedAt(schema: TSchema, path: string): Described | undefined {
  let at: Described | undefined = schema as Described;
  for (const part of path.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    at = partOf(at, key);
  }
  return at;
}

function partOf(whole: Described | undefined, key: string): Described | undefined {
  const { properties = {}, items, additionalProperties, patternProperties = {} } = whole ?? {};
  if (Object.hasOwn(properties, key)) return properties[key];
  const any = typeof additionalProperties === "object" ? additionalProperties : undefined;
  return items ?? any ?? Object.values(patternProperties)[0];
}
