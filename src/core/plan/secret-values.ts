import { isMap, type Keys } from "../catalog/text-values.ts";
import { lastApplied } from "../kubernetes-object.ts";
import { isSame } from "./json-values.ts";

const masked = "••••";

/** Of a Secret only what is no secret: which keys there are, and everything beside the values. */
export function withoutSecrets(value: unknown, at: Keys): { value: unknown; secret: boolean } {
  const shown = hide(value, at);
  return { value: shown, secret: isSecretPlace(at) || !isSame(shown, value) };
}

function hide(value: unknown, at: Keys): unknown {
  if (value === undefined) return undefined;
  if (at.length === 1 && isSecretPlace(at) && !isMap(value)) return masked;
  if (at.length > 1 && isSecretPlace(at)) return masked;
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hide(inner, [...at, key])]));
}

function isSecretPlace(at: Keys): boolean {
  return ["data", "stringData", "binaryData"].includes(String(at[0])) || at.at(-1) === lastApplied;
}
