import type { TSchema } from "typebox";
import { api } from "../../contract/api.ts";
import type { Operation } from "../../contract/operation.ts";

/**
 * What an answer consists of, as the least of it that there can be: texts, numbers and booleans are themselves, of a
 * list there is what it is a list of. Members that may be left out have a `?` at their end, those of any name are `*`,
 * and `|kind` has the shapes that are told apart by their `kind`. Whatever may be anything, null too, is null.
 */
export type Shape =
  | string
  | number
  | boolean
  | null
  | readonly [Shape]
  | { readonly [member: string]: Shape };

/** By method and path the shape of an endpoint's answer, by path those of a stream's events. Pages get them as data. */
export const shapes: Readonly<Record<string, Shape>> = Object.fromEntries(
  Object.values<Operation>(api).flatMap((operation): [string, Shape][] => {
    if (operation.type === "endpoint")
      return [[`${operation.method} ${operation.path}`, shapeOf(operation.result)]];
    if (operation.type === "socket") return [];
    const events = Object.entries(operation.events).map(([name, schema]) => [name, shapeOf(schema)]);
    return [[operation.path, Object.fromEntries(events)]];
  }),
);

/** As much of JSON Schema as answers are described with. */
interface Schema {
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, Schema>>;
  patternProperties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
}

export function shapeOf(schema: TSchema): Shape {
  return shapeOfSchema(schema as Schema);
}

function shapeOfSchema(schema: Schema): Shape {
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(shapeOfSchema));
  if (schema.anyOf) return shapeOfVariants(schema.anyOf);
  if (schema.type === "object") return shapeOfObject(schema);
  if (schema.type === "array") return [shapeOfSchema(schema.items ?? {})];
  if (typeof schema.const === "string") return schema.const;
  if (schema.type === "string" || schema.enum) return "";
  if (schema.type === "integer" || schema.type === "number") return 0;
  return schema.type === "boolean" ? false : null;
}

function shapeOfObject({ properties = {}, patternProperties = {}, required = [] }: Schema): Shape {
  const members = Object.entries(properties).map(([name, schema]) => [
    required.includes(name) ? name : `${name}?`,
    shapeOfSchema(schema),
  ]);
  const [every] = Object.values(patternProperties);
  return Object.fromEntries(every ? [...members, ["*", shapeOfSchema(every)]] : members);
}

/** Objects that say which of them they are; all else may be anything. */
function shapeOfVariants(variants: readonly Schema[]): Shape {
  const said = variants.map(({ properties = {} }) =>
    Object.entries(properties).find(([, { const: word }]) => typeof word === "string"),
  );
  const [name] = said[0] ?? [];
  if (name === undefined || said.some((each) => each?.[0] !== name)) return null;
  return {
    [`|${name}`]: Object.fromEntries(
      variants.map((schema, index) => [said[index]?.[1].const, shapeOfSchema(schema)]),
    ),
  };
}
