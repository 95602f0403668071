import type { Json } from "../objects.ts";

const quantity = /^[+-]?(\d+(\.\d*)?|\.\d+)(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?\d+))?$/;
const base64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const tests: Readonly<Record<string, (value: Json) => boolean>> = {
  string: (value) => typeof value === "string",
  bool: (value) => typeof value === "boolean",
  int32: (value) => Number.isInteger(value),
  int64: (value) => Number.isInteger(value),
  intOrString: (value) => typeof value === "string" || Number.isInteger(value),
  quantity: (value) => typeof value === "number" || (typeof value === "string" && quantity.test(value)),
  bytes: (value) => typeof value === "string" && base64.test(value.replaceAll(/[\r\n]/g, "")),
};

/** Whether a value is of one of the plain types; what is of no known type is taken as it is. */
export function isOf(value: Json, type: string): boolean {
  const test = Object.hasOwn(tests, type) ? tests[type] : undefined;
  return test ? test(value) : true;
}
