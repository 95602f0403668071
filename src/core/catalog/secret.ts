import { Type } from "typebox";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { keyFaults } from "./configmap.ts";
import { annotations, labels, listOf, name, namespace } from "./fields.ts";
import { nodeKind } from "./kind.ts";
import { metadataOf } from "./pod-template.ts";
import { duplicateFaults, labelFaults, pointer, toBase64 } from "./text-values.ts";

export const secret = nodeKind({
  title: "Secret",
  settings: Type.Object({
    name,
    namespace,
    secretType: Type.Optional(Type.String({ title: "Type", maxLength: 253 })),
    keys: Type.Optional(listOf("Keys", Type.Object({ name: Type.Optional(Type.String()) }))),
    mountPath: Type.Optional(Type.String({ title: "Mount path" })),
    labels: Type.Optional(labels("Labels")),
    annotations: Type.Optional(annotations),
  }),

  make(settings, around) {
    const { keys = [], secretType: type = "Opaque" } = settings;
    const at = (index: number) => pointer("keys", index, "name");
    const faults = [
      ...labelFaults(settings.labels, "labels"),
      ...keys.flatMap((key, index) => (key.name ? keyFaults(key.name, ["keys", index, "name"]) : [])),
      ...duplicateFaults(keys, (key) => key.name, at, "The key"),
    ];
    // Values are given to runs and are never part of the drawing.
    const given = Object.entries(around.secretValues).filter(([key]) => !key.startsWith("_new_"));
    const data = Object.fromEntries(given.map(([key, value]) => [key, toBase64(value)]));
    const object = { apiVersion: "v1", kind: "Secret", metadata: metadataOf(settings, around), type, data };
    return { objects: [object as KubernetesObject], faults };
  },
});

/** The keys a secret node declares, those without a name yet left out. */
export function declaredKeys(data: Readonly<Record<string, unknown>>): string[] {
  const keys = Array.isArray(data.keys) ? (data.keys as { name?: unknown }[]) : [];
  return keys.flatMap((key) =>
    typeof key?.name === "string" && key.name !== "" && !key.name.startsWith("_new_") ? key.name : [],
  );
}
