import { isMap } from "../catalog/text-values.ts";
import { keyOfLists } from "./merge.ts";
import { sameMeaning } from "./same-meaning.ts";

/**
 * What has to be merged into one object to make it another, or nothing if they are alike. What merging cannot do is
 * left out, such as taking single things from a list that is merged by their names.
 */
export function overlayBetween(made: object, wanted: object): Record<string, unknown> | undefined {
  const found = between(made as Record<string, unknown>, wanted as Record<string, unknown>);
  return Object.keys(found).length > 0 ? found : undefined;
}

type Values = Readonly<Record<string, unknown>>;

function between(made: Values, wanted: Values): Record<string, unknown> {
  const gone = Object.keys(made).filter((key) => wanted[key] === undefined);
  const changed = Object.keys(wanted).filter(
    (key) => wanted[key] !== undefined && !sameMeaning(made[key], wanted[key], key),
  );
  return Object.fromEntries([
    ...changed.map((key) => [key, valueBetween(made[key], wanted[key], key)] as const),
    ...gone.map((key) => [key, null] as const),
  ]);
}

function valueBetween(made: unknown, wanted: unknown, place: string): unknown {
  if (isMap(made) && isMap(wanted)) return between(made, wanted);
  if (!Array.isArray(made) || !Array.isArray(wanted)) return wanted;
  const key = keyOfLists(made, wanted);
  if (key === undefined) return wanted;
  const known = new Map(made.map((each: Values) => [each[key], each]));
  const changed = wanted.filter((each: Values) => !sameMeaning(known.get(each[key]), each, place));
  return changed.map((each: Values) => ({ [key]: each[key], ...between(known.get(each[key]) ?? {}, each) }));
}
