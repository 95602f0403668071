import { Type } from "typebox";
import type { KubernetesObject } from "../kubernetes-object.ts";
import type { Fault } from "./fault.ts";
import { asKubernetes, namespace } from "./fields.ts";
import { hinted } from "./hints.ts";
import { nodeKind } from "./kind.ts";
import { given } from "./read-metadata.ts";
import { annotationFaults, isMap, labelFaults, pointer, toTexts } from "./text-values.ts";
import { kindTitles } from "./titles.ts";

/** Built-in kinds that belong to no namespace. Any other is put into the run's unless it says one. */
const clusterScoped = new Set([
  "Namespace",
  "Node",
  "PersistentVolume",
  "ClusterRole",
  "ClusterRoleBinding",
  "StorageClass",
  "VolumeAttributesClass",
  "IngressClass",
  "GatewayClass",
  "PriorityClass",
  "RuntimeClass",
  "FlowSchema",
  "PriorityLevelConfiguration",
  "CertificateSigningRequest",
  "CustomResourceDefinition",
  "APIService",
  "MutatingWebhookConfiguration",
  "ValidatingWebhookConfiguration",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "CSIDriver",
  "ClusterIssuer",
]);

/** What is posted to a part of another object, or asked and never kept. */
const notKept = new Set([
  "Binding",
  "Eviction",
  "Scale",
  "DeleteOptions",
  "Status",
  "TokenRequest",
  "TokenReview",
  "SelfSubjectReview",
  "SubjectAccessReview",
  "SelfSubjectAccessReview",
  "SelfSubjectRulesReview",
  "LocalSubjectAccessReview",
]);

/** Metadata that the server alone writes; a manifest that was read from a cluster has it, and it goes. */
export const serverOwned = [
  "uid",
  "resourceVersion",
  "managedFields",
  "ownerReferences",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "generation",
  "selfLink",
];

/** Any Kubernetes object as it is, so that nothing is out of reach. */
export const object = nodeKind({
  title: kindTitles.object,
  settings: Type.Object(
    hinted(
      {
        name: Type.Optional(Type.String({ title: "Name on the canvas" })),
        namespace,
        manifest: asKubernetes("Manifest"),
      },
      {
        name: { description: "The object itself is called as its manifest says." },
        namespace: { order: 90, description: "For a manifest that names none." },
        manifest: { order: 10, widget: "yaml", description: "The object as Kubernetes takes it." },
      },
    ),
  ),
  fitting: {},

  read(object, said) {
    const { status: _, ...manifest } = object as KubernetesObject & Record<string, unknown>;
    return given({ name: said.name, namespace: said.namespace, manifest });
  },

  make({ manifest }, around) {
    const faults = [...identityFaults(manifest), ...metadataFaults(manifest), ...contentFaults(manifest)];
    if (faults.length > 0) return { objects: [], faults };
    // It has been seen to be one.
    const { apiVersion, kind, metadata, status: _, ...rest } = manifest as unknown as KubernetesObject;
    const { labels, annotations, namespace: own, ...others } = metadata;
    const kept = Object.fromEntries(Object.entries(others).filter(([key]) => !serverOwned.includes(key)));
    const isNamespaced = !clusterScoped.has(kind);
    const made = {
      apiVersion,
      kind,
      metadata: {
        ...kept,
        name: metadata.name,
        ...(isNamespaced && { namespace: own ?? around.namespace }),
        labels: { ...toTexts(labels ?? {}), ...around.labels },
        ...(annotations && { annotations: toTexts(annotations) }),
      },
      ...rest,
    };
    return { objects: [made] };
  },
});

type Manifest = Readonly<Record<string, unknown>>;

function identityFaults({ apiVersion, kind, metadata }: Manifest): Fault[] {
  const { name, namespace: own } = isMap(metadata) ? metadata : {};
  const isKind = isText(kind, /^[A-Z][A-Za-z0-9]{0,62}$/);
  return [
    ...faultUnless(
      isText(apiVersion, /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?v\d+((alpha|beta)\d+)?$/),
      "/apiVersion",
      "The manifest's apiVersion must be a version such as v1 or apps/v1",
    ),
    ...faultUnless(isKind, "/kind", "The manifest's kind must be a word such as ServiceAccount"),
    ...(isKind && (kind.endsWith("List") || notKept.has(kind)) ? [notOneObject(kind)] : []),
    ...faultUnless(
      isText(name, /^[A-Za-z0-9]([-A-Za-z0-9.:_]{0,251}[A-Za-z0-9])?$/),
      "/metadata/name",
      "The manifest's name is missing or not a name",
    ),
    ...faultUnless(
      own === undefined || isText(own, /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/),
      "/metadata/namespace",
      "The manifest's namespace is not a name",
    ),
  ];
}

function notOneObject(kind: string): Fault {
  const message = `A node holds one object of its own, and ${kind} is none`;
  return { path: "/manifest/kind", code: "not-one-object", message };
}

function isText(value: unknown, form: RegExp): value is string {
  return typeof value === "string" && form.test(value);
}

function faultUnless(isRight: boolean, path: string, message: string): Fault[] {
  return isRight ? [] : [{ path: `/manifest${path}`, code: "wrong-form", message }];
}

function metadataFaults({ metadata }: Manifest): Fault[] {
  const given = isMap(metadata) ? metadata : {};
  const [labels, annotations] = [given.labels ?? {}, given.annotations ?? {}];
  const isFlat = (map: unknown): map is Record<string, unknown> =>
    isMap(map) && Object.values(map).every((value) => typeof value !== "object");
  const place = (key: string) => ["manifest", "metadata", key];
  const notFlat = (key: string): Fault => {
    const message = `The manifest's ${key} must be a map of names to texts`;
    return { path: pointer(...place(key)), code: "wrong-type", message };
  };
  return [
    ...(isFlat(labels) ? labelFaults(labels, ...place("labels")) : [notFlat("labels")]),
    ...(isFlat(annotations)
      ? annotationFaults(annotations, ...place("annotations"))
      : [notFlat("annotations")]),
  ];
}

function contentFaults(manifest: Manifest): Fault[] {
  if (manifest.kind !== "Secret") return [];
  const message = "Secret values do not belong in a drawing: use a secret node";
  return ["data", "stringData"]
    .filter((key) => manifest[key] !== undefined)
    .map((key) => ({ path: pointer("manifest", key), code: "secret-in-drawing", message }));
}
