import type { ResourceStatus } from "../../contract/resources.ts";
import { groupOf, type KubernetesObject, lastApplied, ownLabels } from "../kubernetes-object.ts";
import { type Links, linksOf } from "./links.ts";
import { specOf } from "./spec.ts";
import { statusOf } from "./status.ts";

/** What is kept of an object that was seen: enough for lists and for saying what changed, and no value of a Secret. */
export interface Seen {
  api_group: string;
  api_version: string;
  kind: string;
  namespace: string;
  name: string;
  uid: string;
  resource_version: string;
  status: ResourceStatus;
  spec: Readonly<Record<string, unknown>>;
  metadata: SeenMetadata;
  /** What it refers to by name or by labels. */
  links: Links;
  /** Of what controls it. */
  owner_uid: string | null;
  workflow_id: string | null;
  node_id: string | null;
  created_at: string;
}

interface Owner {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller: boolean;
}

export interface SeenMetadata {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  ownerReferences: Owner[];
  finalizers: string[];
  generation?: number;
}

/** Made by everybody's service account, and in the way of what is looked for. */
const skippedSecrets = new Set(["kubernetes.io/service-account-token"]);

/** Whether an object is one that is kept at all. */
export function isKept(object: KubernetesObject): boolean {
  const { type } = object as KubernetesObject & { type?: unknown };
  return object.kind !== "Secret" || typeof type !== "string" || !skippedSecrets.has(type);
}

/** An object that was seen. What is to be kept of it is looked at only if it is news. */
export interface Sighting extends Pick<Seen, "namespace" | "name" | "uid" | "resource_version"> {
  look(): Seen;
}

export function sight(object: KubernetesObject): Sighting {
  const { name, namespace = "", uid = "", resourceVersion = "" } = object.metadata;
  return { name, namespace, uid, resource_version: resourceVersion, look: () => toSeen(object) };
}

export function toSeen(object: KubernetesObject): Seen {
  const { apiVersion, kind, metadata } = object;
  const labels = metadata.labels ?? {};
  return {
    api_group: groupOf(apiVersion),
    api_version: apiVersion,
    kind,
    namespace: metadata.namespace ?? "",
    name: metadata.name,
    uid: metadata.uid ?? "",
    resource_version: metadata.resourceVersion ?? "",
    status: statusOf(object),
    spec: specOf(object),
    metadata: metadataOf(object),
    links: linksOf(object),
    owner_uid: metadata.ownerReferences?.find(({ controller }) => controller)?.uid ?? null,
    workflow_id: labels[ownLabels.workflow] ?? null,
    node_id: labels[ownLabels.node] ?? null,
    created_at: metadata.creationTimestamp ?? "1970-01-01T00:00:00Z",
  };
}

function metadataOf({ metadata }: KubernetesObject): SeenMetadata {
  const { labels = {}, annotations = {}, ownerReferences = [], generation } = metadata;
  const { finalizers = [] } = metadata as { finalizers?: string[] };
  // A copy of everything that was applied, secret values included.
  const { [lastApplied]: _, ...others } = annotations;
  const owners = ownerReferences.map(({ apiVersion, kind, name, uid, controller }) => ({
    ...{ apiVersion, kind, name, uid },
    controller: controller ?? false,
  }));
  return {
    labels,
    annotations: others,
    ownerReferences: owners,
    finalizers,
    ...(generation !== undefined && { generation }),
  };
}
