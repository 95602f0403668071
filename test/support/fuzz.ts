import type { TSchema } from "typebox";
import { diceFrom } from "../soak/dice.ts";

/** As much of a schema as says what may come. */
interface Shape {
  type?: string;
  enum?: readonly unknown[];
  const?: unknown;
  format?: string;
  properties?: Readonly<Record<string, Shape>>;
  patternProperties?: Readonly<Record<string, Shape>>;
  required?: readonly string[];
  items?: Shape;
  anyOf?: readonly Shape[];
  allOf?: readonly Shape[];
}

/** How often, of a hundred, each thing is done to an answer. */
export interface Mischief {
  seed: number;
  /** A word of a closed list becomes one that nobody knows. */
  words: number;
  /** Whatever there is becomes null, is left out, or is emptied; numbers become 0, or huge. */
  values: number;
}

export const unknownWord = "marvellous";

/** An answer of the server as one might send it that is of another age, or broken. The same seed does the same. */
export function fuzz(schema: TSchema, value: unknown, { seed, words, values }: Mischief): unknown {
  const dice = diceFrom(seed);
  const happens = (ofHundred: number) => dice.below(100) < ofHundred;

  function spoil(shape: Shape, given: unknown): unknown {
    if (isWord(shape) && typeof given === "string") return happens(words) ? unknownWord : given;
    if (given === null || given === undefined) return given;
    if (happens(values)) return dice.pick(substitutes(shape, given));
    if (Array.isArray(given)) return given.map((each) => spoil(shape.items ?? {}, each));
    if (typeof given !== "object") return given;
    return Object.fromEntries(
      Object.entries(given).flatMap(([key, each]) => {
        const isLeftOut = !shape.required?.includes(key) && happens(values);
        return isLeftOut ? [] : [[key, spoil(memberOf(shape, key), each)]];
      }),
    );
  }

  return spoil(schema as Shape, value);
}

function isWord(shape: Shape): boolean {
  return shape.enum !== undefined || typeof shape.const === "string";
}

function substitutes({ format }: Shape, given: unknown): [unknown, ...unknown[]] {
  if (Array.isArray(given)) return [null, [], [null], [...given, null]];
  if (typeof given === "number") return [null, 0, -1, 1e15];
  if (format === "date-time") return [null, "", "yesterday", "9999-12-31T23:59:59Z"];
  return [null];
}

function memberOf({ properties, patternProperties, anyOf, allOf }: Shape, key: string): Shape {
  for (const part of [...(anyOf ?? []), ...(allOf ?? [])]) {
    const found = memberOf(part, key);
    if (Object.keys(found).length > 0) return found;
  }
  return properties?.[key] ?? Object.values(patternProperties ?? {})[0] ?? {};
}
