import { type KubernetesObject, lastApplied } from "../../core/kubernetes-object.ts";
import { withoutSecrets } from "../../core/plan/secret-values.ts";

/** An object as YAML, for reading: the values of a Secret are masked, and copies of what was applied left out. */
export async function manifestOf(
  object: KubernetesObject,
  { managed }: { managed: boolean },
): Promise<string> {
  const { stringify } = await import("yaml");
  const { managedFields, ...metadata } = object.metadata as KubernetesObject["metadata"] & {
    managedFields?: unknown;
  };
  const { [lastApplied]: _, ...annotations } = metadata.annotations ?? {};
  const hasAnnotations = Object.keys(annotations).length > 0;
  const { annotations: __, ...others } = metadata;
  const shown = {
    ...object,
    metadata: {
      ...others,
      ...(hasAnnotations && { annotations }),
      ...(managed && managedFields !== undefined && { managedFields }),
    },
  };
  return stringify(object.kind === "Secret" ? withoutSecrets(shown, []).value : shown, { lineWidth: 0 });
}
