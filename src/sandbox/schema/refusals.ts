import type { Json } from "../objects.ts";
import { badRequest, StatusError } from "../status.ts";
import type { Decoded, Oddity } from "./decode.ts";
import type { FieldType } from "./structs.ts";

interface About {
  kind: string;
  /** `v1` */
  version: string;
}

/** Refuses an object that does not fit the types of its kind; unknown fields only where that is asked for. */
export function refuseOddities(
  { oddities }: Decoded,
  { kind, version }: About,
  duplicates: readonly string[],
  isStrict: boolean,
): void {
  const handled = `${kind} in version "${version}" cannot be handled as a ${kind}`;
  const wrong = oddities.find(({ type }) => type !== undefined);
  if (wrong) throw badRequest(`${handled}: ${inDecodersWords(wrong)}`);
  const strict = [
    ...duplicates.map((path) => `duplicate field "${path}"`),
    ...oddities.map(({ place }) => `unknown field "${place.path}"`),
  ];
  if (isStrict && strict.length > 0)
    throw badRequest(`${handled}: strict decoding error: ${strict.join(", ")}`);
}

/** The same for an object that is applied: the merge knows its types and takes nothing it does not. */
export function refuseToMerge({ object, oddities }: Decoded, duplicates: readonly string[]): void {
  const {
    apiVersion = "",
    kind,
    metadata,
  } = object as {
    apiVersion?: string;
    kind?: string;
    metadata?: { name?: string; namespace?: string };
  };
  const name = `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`;
  const sentences = [...oddities.filter(isOfTheMerge).map(inMergesWords), ...duplicates];
  const told =
    sentences.length === 1 ? sentences[0] : `errors:\n${sentences.map((each) => `  ${each}`).join("\n")}`;
  if (sentences.length > 0)
    throw internal(`failed to create typed patch object (${name}; ${apiVersion}, Kind=${kind}): ${told}`);
  const [wrong] = oddities;
  if (!wrong) return;
  const type = `${apiVersion.includes("/") ? "" : "/"}${apiVersion}, Kind=${kind}`;
  const why = `unable to convert unstructured object to ${type}: ${inDecodersWords(wrong)}`;
  throw internal(`failed to convert new object (${name}; ${type}) to proper version: ${why}`);
}

const internal = (message: string) => new StatusError(500, "", message);

const isOfTheMerge = ({ type }: Oddity) => type?.of !== "quantity" && type?.of !== "bytes";

function inDecodersWords({ place, value, type = { of: "any", shape: "one" } }: Oddity): string {
  if (type.of === "quantity" && typeof value === "string")
    return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  if (type.of === "bytes" && typeof value === "string")
    return `illegal base64 data at input byte ${Math.max(0, value.search(/[^A-Za-z0-9+/]/))}`;
  return `json: cannot unmarshal ${sortOf(value)} into Go struct field ${place.struct}.${place.plain} of type ${goType(type)}`;
}

function sortOf(value: Json): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "number" : `number ${value}`;
  return typeof value === "boolean" ? "bool" : typeof value;
}

const goNames: Readonly<Record<string, string>> = {
  string: "string",
  bool: "bool",
  int32: "int32",
  int64: "int64",
  bytes: "[]uint8",
  intOrString: "intstr.IntOrString",
  quantity: "resource.Quantity",
};

function goType({ of, shape }: FieldType): string {
  const one = goNames[of] ?? `v1.${of}`;
  return shape === "list" ? `[]${one}` : shape === "map" ? `map[string]${one}` : one;
}

function inMergesWords({ place, value, type }: Oddity): string {
  if (!type) return `${place.keyed}: field not declared in schema`;
  const given =
    typeof value === "string" ? "string" : `&value.valueUnstructured{Value:${JSON.stringify(value)}}`;
  return `${place.keyed}: expected ${mergeType(type)}, got ${given}`;
}

function mergeType({ of, shape }: FieldType): string {
  if (shape === "list") return "list";
  if (of === "int32" || of === "int64") return "numeric (int or float)";
  if (of === "bool") return "boolean";
  return of === "string" && shape === "one" ? "string" : "map";
}
