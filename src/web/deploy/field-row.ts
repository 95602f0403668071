import type { FieldChange } from "../../contract/plan.ts";
import type { FieldRow } from "./FieldTable.tsx";
import { isConfigurationMark, secretText } from "./field-words.ts";

/** A planned change of a field as a row: secrets and hashes are told of, and not shown. */
export function fieldRow(field: FieldChange): FieldRow {
  const { path, from, to, secret } = field;
  if (isConfigurationMark(path))
    return { path, name: "its configuration", instead: "changed, so that its pods restart" };
  return { path, from, to, ...(secret && { instead: secretText(field) }) };
}
