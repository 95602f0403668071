import type { Described } from "./described.ts";

/**
 * A form sends what was cleared as an empty text or as null; both mean that nothing was said. Only known settings
 * are cleared in this way: an empty value of a variable or of a configuration key is a value.
 */
export function withoutBlanks(schema: Described, given: unknown): unknown {
  const { properties, items } = schema;
  if (Array.isArray(given)) return items ? given.map((each) => withoutBlanks(items, each)) : given;
  if (typeof given !== "object" || given === null) return given;
  const amounts =
    schema.patternProperties && isCleared(schema) ? Object.entries(given).filter(isSaid) : undefined;
  if (amounts) return Object.fromEntries(amounts);
  if (!properties) return given;
  const own = (key: string) => (Object.hasOwn(properties, key) ? properties[key] : undefined);
  const said = Object.entries(given).filter((entry) => !own(entry[0]) || isSaid(entry));
  return Object.fromEntries(
    said.map(([key, value]) => {
      const described = own(key);
      return [key, described ? withoutBlanks(described, value) : value];
    }),
  );
}

function isSaid([, value]: [string, unknown]): boolean {
  return value !== null && value !== "" && value !== undefined;
}

/** Maps of amounts come from forms too, with a field for each. */
function isCleared(schema: Described): boolean {
  return schema.blanks === "left out";
}
