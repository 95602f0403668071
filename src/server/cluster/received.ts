import { type KubernetesObject, lastApplied } from "../../core/kubernetes-object.ts";
import { strange } from "./rest-answers.ts";

type Metadata = KubernetesObject["metadata"] & { managedFields?: unknown };

/** What a list or a watch gave. What nobody here may see is dropped: secret values, and the copies of them in metadata. */
export function received(value: unknown, type?: { apiVersion: string; kind: string }): KubernetesObject {
  if (typeof value !== "object" || value === null) throw strange();
  const object = { ...value, ...type } as Partial<KubernetesObject>;
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== "string" || typeof kind !== "string") throw strange();
  if (typeof object.metadata !== "object" || object.metadata === null) throw strange();
  const metadata = withoutCopies(object.metadata);
  if (kind !== "Secret") return { ...object, apiVersion, kind, metadata };
  const { data: _, stringData: __, ...rest } = object as Record<string, unknown>;
  return { ...rest, apiVersion, kind, metadata };
}

function withoutCopies({ managedFields: _, ...metadata }: Metadata): KubernetesObject["metadata"] {
  if (!metadata.annotations || !(lastApplied in metadata.annotations)) return metadata;
  const { [lastApplied]: __, ...annotations } = metadata.annotations;
  return { ...metadata, annotations };
}
