import { Type } from "typebox";
import type { Fault } from "./fault.ts";
import { commonSettings, name } from "./fields.ts";
import { nodeKind } from "./kind.ts";
import { metadataFaults, metadataOf } from "./metadata.ts";
import { type Keys, pointer } from "./text-values.ts";

export const configmap = nodeKind({
  title: "ConfigMap",
  settings: Type.Object({
    name,
    ...commonSettings,
    data: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { title: "Data" })),
    mountPath: Type.Optional(Type.String({ title: "Mount path" })),
    immutable: Type.Optional(Type.Boolean({ title: "Immutable" })),
  }),
  fitting: { name: "name" },

  make(settings, around) {
    // The canvas keeps a row for the next key.
    const entries = Object.entries(settings.data ?? {}).filter(([key]) => !key.startsWith("_new_"));
    const faults = [
      ...metadataFaults(settings),
      ...entries.flatMap(([key]) => keyFaults(key, ["data", key])),
    ];
    const data = Object.fromEntries(entries.map(([key, value]) => [key, asText(value)]));
    const metadata = metadataOf(settings, around);
    const { immutable } = settings;
    const rest = { data, ...(immutable !== undefined && { immutable }) };
    return { objects: [{ apiVersion: "v1", kind: "ConfigMap", metadata, ...rest }], faults };
  },
});

/** Keys of ConfigMaps and Secrets become file names. */
export function keyFaults(key: string, at: Keys): Fault[] {
  if (/^[-._a-zA-Z0-9]{1,253}$/.test(key) && key !== "." && !key.startsWith("..")) return [];
  const message = `“${key}” cannot be a key: letters, digits, “-”, “_” and “.”, 253 at most`;
  return [{ path: pointer(...at), code: "wrong-form", message }];
}

/** Scalars as they were written, everything else as JSON. */
function asText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
