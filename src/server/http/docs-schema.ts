interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  patternProperties?: Record<string, Schema>;
  format?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
}

/** A schema as people write down a shape, with its limits beside it. */
export function schemaText(schema: Schema, indent = ""): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(" | ");
  if (schema.anyOf) return schema.anyOf.map((each) => schemaText(each, indent)).join(" | ");
  if (schema.allOf) return schema.allOf.map((each) => schemaText(each, indent)).join(" & ");
  if (schema.type === "array") return `[${schemaText(schema.items ?? {}, indent)}, …]`;
  if (schema.type === "object") return objectText(schema, indent);
  return `${schema.type ?? "anything"}${notes(schema)}`;
}

function objectText(
  { properties = {}, required = [], patternProperties = {} }: Schema,
  indent: string,
): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, each]) => `${inner}${name}${required.includes(name) ? "" : "?"}: ${schemaText(each, inner)}`,
  );
  const others = Object.values(patternProperties).map(
    (each) => `${inner}[any name]: ${schemaText(each, inner)}`,
  );
  const all = [...lines, ...others];
  return all.length > 0 ? `{\n${all.join("\n")}\n${indent}}` : "{}";
}

function notes({ format, minimum, maximum, minLength, maxLength, ...schema }: Schema): string {
  const words = [
    format,
    range(minimum, maximum, ""),
    range(minLength, maxLength, " characters"),
    schema.default === undefined ? undefined : `default ${JSON.stringify(schema.default)}`,
  ].filter((each) => each !== undefined);
  return words.length > 0 ? ` (${words.join(", ")})` : "";
}

function range(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  if (least === undefined && most === undefined) return undefined;
  if (most === undefined) return `at least ${least}${unit}`;
  return least === undefined ? `at most ${most}${unit}` : `${least} to ${most}${unit}`;
}
