import type { TSchema } from "typebox";

/** As much of a schema as answers are described with. */
interface Shape {
  type?: string;
  const?: unknown;
  properties?: Readonly<Record<string, Shape>>;
  patternProperties?: Readonly<Record<string, Shape>>;
  required?: readonly string[];
  items?: Shape;
  anyOf?: readonly Shape[];
  allOf?: readonly Shape[];
}

/**
 * What a server sent, with everything in it that pages count on: where it sent null, or nothing, there is the least
 * that may stand there. Pages outlive servers, older and newer ones. Words and whatever else came stay as they are.
 */
export function whole<Value>(schema: TSchema, value: Value): Value {
  return mend(schema as Shape, value) as Value;
}

function mend(shape: Shape, value: unknown): unknown {
  if (shape.allOf) return shape.allOf.reduce((mended, part) => mend(part, mended), value);
  if (shape.anyOf) {
    const variant = variantOf(shape.anyOf, value);
    return variant ? mend(variant, value) : value;
  }
  if (shape.type === "object") return mendObject(shape, isRecord(value) ? value : {});
  if (shape.type === "array") return Array.isArray(value) ? mendList(shape.items ?? {}, value) : [];
  return mendValue(shape, value);
}

function mendValue(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case "string":
      return typeof value === "string" ? value : (shape.const ?? String(value ?? ""));
    case "integer":
    case "number":
      return typeof value === "number" ? value : 0;
    case "boolean":
      return value === true;
    default:
      return value;
  }
}

/** In place: nobody else has seen it yet, and drawings are large. */
function mendObject({ properties = {}, patternProperties, required = [] }: Shape, value: Obj): Obj {
  for (const [key, shape] of Object.entries(properties)) {
    if (required.includes(key) || (value[key] ?? undefined) !== undefined)
      value[key] = mend(shape, value[key]);
    else delete value[key];
  }
  const [every] = Object.values(patternProperties ?? {});
  if (every) for (const [key, each] of Object.entries(value)) value[key] = mend(every, each);
  return value;
}

/** Nothing is no member of a list. */
function mendList(shape: Shape, list: readonly unknown[]): unknown[] {
  return list.filter((each) => (each ?? undefined) !== undefined).map((each) => mend(shape, each));
}

/** Of several shapes the one that says of itself what the value says of itself. */
function variantOf(variants: readonly Shape[], value: unknown): Shape | undefined {
  if (!isRecord(value)) return undefined;
  return variants.find(({ properties = {} }) =>
    Object.entries(properties).some(([key, { const: word }]) => word !== undefined && value[key] === word),
  );
}

type Obj = Record<string, unknown>;

function isRecord(value: unknown): value is Obj {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
