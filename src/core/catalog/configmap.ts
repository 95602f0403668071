import { Type } from "typebox";
import { annotations, labels, name, namespace } from "./fields.ts";
import { nodeKind } from "./kind.ts";
import { metadataOf } from "./pod-template.ts";
import { labelFaults, pointer } from "./text-values.ts";

export const configmap = nodeKind({
  title: "ConfigMap",
  settings: Type.Object({
    name,
    namespace,
    data: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { title: "Data" })),
    mountPath: Type.Optional(Type.String({ title: "Mount path" })),
    immutable: Type.Optional(Type.Boolean({ title: "Immutable" })),
    labels: Type.Optional(labels("Labels")),
    annotations: Type.Optional(annotations),
  }),

  make(settings, around) {
    const entries = Object.entries(settings.data ?? {}).filter(([key]) => !key.startsWith("_new_"));
    const faults = [
      ...labelFaults(settings.labels, "labels"),
      ...entries.flatMap(([key]) => keyFaults(key, ["data", key])),
    ];
    const data = Object.fromEntries(entries.map(([key, value]) => [key, asText(value)]));
    const metadata = metadataOf(settings, around);
    const { immutable } = settings;
    const object = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata,
      data,
      ...(immutable !== undefined && { immutable }),
    };
    return { objects: [object], faults };
  },
});

/** Keys of ConfigMaps and Secrets become file names. */
export function keyFaults(key: string, at: readonly (string | number)[]) {
  if (/^[-._a-zA-Z0-9]{1,253}$/.test(key) && key !== "." && key !== "..") return [];
  const message = `“${key}” cannot be a key: letters, digits, “-”, “_” and “.”, 253 at most`;
  return [{ path: pointer(...at), code: "wrong-form", message }];
}

/** Scalars as they were written, everything else as JSON. */
function asText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
