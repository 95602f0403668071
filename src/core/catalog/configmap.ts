import { Type } from "typebox";
import type { KubernetesObject } from "../kubernetes-object.ts";
import type { Fault } from "./fault.ts";
import { commonSettings, name } from "./fields.ts";
import { hinted } from "./hints.ts";
import { nodeKind } from "./kind.ts";
import { metadataFaults, metadataOf } from "./metadata.ts";
import { asMap, filled, given, readMetadata } from "./read-metadata.ts";
import { type Keys, pointer } from "./text-values.ts";
import { kindTitles } from "./titles.ts";

/** What the mount path of configuration means. */
export const mountedAt = "Where workloads joined to it see its keys as files.";

export const configmap = nodeKind({
  title: kindTitles.configmap,
  settings: Type.Object(
    hinted(
      {
        name,
        ...commonSettings,
        data: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { title: "Data" })),
        mountPath: Type.Optional(Type.String({ title: "Mount path" })),
        immutable: Type.Optional(Type.Boolean({ title: "Immutable" })),
      },
      {
        data: {
          order: 10,
          widget: "configuration",
          description: "Keys and their texts; each key can be read as a file.",
        },
        mountPath: { order: 20, description: mountedAt, examples: ["/etc/config"] },
        immutable: { group: "More", description: "Never changed again, only replaced." },
      },
    ),
  ),
  fitting: { name: "name" },

  read(object, said) {
    const { data, immutable } = object as KubernetesObject & Record<string, unknown>;
    return given({ ...readMetadata(object, said), data: filled(asMap(data)), immutable });
  },

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
