import { Type } from "typebox";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { toBase64 } from "./base64.ts";
import { keyFaults, mountedAt } from "./configmap.ts";
import { commonSettings, listOf, name } from "./fields.ts";
import { hinted } from "./hints.ts";
import { nodeKind } from "./kind.ts";
import { metadataFaults, metadataOf } from "./metadata.ts";
import { asMap, filled, given, readMetadata } from "./read-metadata.ts";
import { duplicateFaults, isMap, pointer } from "./text-values.ts";
import { kindTitles } from "./titles.ts";

export const secret = nodeKind({
  title: kindTitles.secret,
  settings: Type.Object(
    hinted(
      {
        name,
        ...commonSettings,
        secretType: Type.String({ title: "Type", maxLength: 253, default: "Opaque" }),
        keys: Type.Optional(
          listOf("Keys", Type.Object({ name: Type.Optional(Type.String({ title: "Key" })) })),
        ),
        mountPath: Type.Optional(Type.String({ title: "Mount path" })),
        immutable: Type.Optional(Type.Boolean({ title: "Immutable" })),
      },
      {
        keys: {
          order: 10,
          widget: "names",
          description: "Names only: values are given to a run, never drawn.",
        },
        mountPath: { order: 20, description: mountedAt, examples: ["/etc/secrets"] },
        secretType: {
          group: "More",
          description: "What Kubernetes expects of the keys.",
          examples: ["kubernetes.io/tls"],
        },
        immutable: { group: "More", description: "Never changed again, only replaced." },
      },
    ),
  ),
  fitting: { name: "name" },

  // Values are not read: they have no place in a drawing.
  read(object, said) {
    const { data, stringData, type, immutable } = object as KubernetesObject & Record<string, unknown>;
    const keys = Object.keys({ ...asMap(data), ...asMap(stringData) }).map((key) => ({ name: key }));
    return given({ ...readMetadata(object, said), secretType: type, keys: filled(keys), immutable });
  },

  make(settings, around) {
    const { keys = [], secretType: type, immutable } = settings;
    const at = (index: number) => pointer("keys", index, "name");
    // Values are given to runs and are never part of the drawing.
    const given = Object.entries(around.secretValues).filter(([key]) => !isPlaceholder(key));
    const declared = new Set(keys.map((key) => key.name));
    const faults = [
      ...metadataFaults(settings),
      ...keys.flatMap(({ name: key }, index) =>
        key === undefined || isPlaceholder(key) ? [] : keyFaults(key, ["keys", index, "name"]),
      ),
      ...given.flatMap(([key]) => (declared.has(key) ? [] : keyFaults(key, ["keys"]))),
      ...duplicateFaults(keys, (key) => key.name, at, "The key"),
    ];
    const data = Object.fromEntries(given.map(([key, value]) => [key, toBase64(String(value))]));
    const metadata = metadataOf(settings, around);
    const rest = { type, data, ...(immutable !== undefined && { immutable }) };
    return { objects: [{ apiVersion: "v1", kind: "Secret", metadata, ...rest } as KubernetesObject], faults };
  },
});

/** The canvas keeps a row for the next key. */
export const isPlaceholder = (key: string) => key.startsWith("_new_");

/** The keys a secret node declares, those without a name yet left out. */
export function declaredKeys(data: Readonly<Record<string, unknown>>): string[] {
  const keys: unknown[] = Array.isArray(data.keys) ? data.keys : [];
  const named = keys.flatMap((key) => (isMap(key) && typeof key.name === "string" ? key.name : []));
  return [...new Set(named)].filter((key) => key !== "" && !isPlaceholder(key));
}
