import { Type } from "typebox";
import type { KubernetesObject } from "../kubernetes-object.ts";
import type { Fault } from "./fault.ts";
import { asKubernetes, namespace } from "./fields.ts";
import { nodeKind } from "./kind.ts";

/** Built-in kinds that belong to no namespace. Any other is put into the run's unless it says one. */
const clusterScoped = new Set([
  "Namespace",
  "Node",
  "PersistentVolume",
  "ClusterRole",
  "ClusterRoleBinding",
  "StorageClass",
  "IngressClass",
  "PriorityClass",
  "RuntimeClass",
  "CustomResourceDefinition",
  "APIService",
  "MutatingWebhookConfiguration",
  "ValidatingWebhookConfiguration",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "CSIDriver",
  "ClusterIssuer",
]);

const serverOwned = [
  "uid",
  "resourceVersion",
  "managedFields",
  "ownerReferences",
  "creationTimestamp",
  "generation",
  "selfLink",
];

/** Any Kubernetes object as it is, so that nothing is out of reach. */
export const object = nodeKind({
  title: "Object",
  settings: Type.Object({
    name: Type.Optional(Type.String()),
    namespace,
    manifest: asKubernetes("Manifest"),
  }),

  make({ manifest }, around) {
    const faults = manifestFaults(manifest);
    if (faults.length > 0) return { objects: [], faults };
    const { apiVersion, kind, metadata, status: _, ...rest } = manifest as unknown as KubernetesObject;
    const isNamespaced = !clusterScoped.has(kind);
    const kept = Object.fromEntries(Object.entries(metadata).filter(([key]) => !serverOwned.includes(key)));
    const at = metadata.namespace ?? around.namespace;
    const made = {
      apiVersion,
      kind,
      metadata: {
        ...kept,
        name: metadata.name,
        ...(isNamespaced && { namespace: at }),
        labels: { ...metadata.labels, ...around.labels },
      },
      ...rest,
    };
    return { objects: [made] };
  },
});

function manifestFaults(manifest: Readonly<Record<string, unknown>>): Fault[] {
  const { apiVersion, kind, metadata, data, stringData } = manifest as Record<string, unknown>;
  const { name } = (metadata ?? {}) as { name?: unknown };
  const at = (key: string, code: string, message: string): Fault => ({
    path: `/manifest${key}`,
    code,
    message,
  });
  const faults: Fault[] = [];
  if (typeof apiVersion !== "string" || !/^([a-z0-9.-]+\/)?v\d+((alpha|beta)\d+)?$/.test(apiVersion))
    faults.push(
      at("/apiVersion", "wrong-form", "The manifest's apiVersion must be a version such as v1 or apps/v1"),
    );
  if (typeof kind !== "string" || !/^[A-Z][A-Za-z0-9]*$/.test(kind))
    faults.push(at("/kind", "wrong-form", "The manifest's kind must be a word such as ServiceAccount"));
  else if (kind.endsWith("List"))
    faults.push(at("/kind", "not-one-object", "A node holds one object, not a list"));
  if (typeof name !== "string" || !/^[A-Za-z0-9]([-A-Za-z0-9.:_]*[A-Za-z0-9])?$/.test(name))
    faults.push(at("/metadata/name", "wrong-form", "The manifest's name is missing or not a name"));
  if (kind === "Secret" && (data !== undefined || stringData !== undefined))
    faults.push(
      at("/data", "secret-in-drawing", "Secret values do not belong in a drawing: use a secret node"),
    );
  return faults;
}
