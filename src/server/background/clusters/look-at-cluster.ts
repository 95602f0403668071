import type { ClusterMetadata } from "../../../contract/clusters.ts";
import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { Problem, unavailable } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import { refusedStatus } from "../../cluster/refused.ts";
import { capacityOf } from "./capacity.ts";
import { soon } from "./soon.ts";

export type Seen = Pick<Cluster, "version" | "list">;

const mostNames = 1_000;

interface Node extends KubernetesObject {
  spec?: { providerID?: unknown };
  status?: { capacity?: Record<string, unknown> };
}

/** Asks a cluster what it is. Only the version has to be answered: few credentials may see nodes and namespaces. */
export async function lookAtCluster(
  cluster: Seen,
  now: () => Date,
  stopping?: AbortSignal,
): Promise<ClusterMetadata> {
  const asking = { signal: soon(stopping) };
  const version = versionIn(await inTime(cluster.version(asking)));
  const list = (apiVersion: string, kind: string) =>
    inTime(cluster.list(apiVersion, kind, asking)).catch(unlessUnauthorized);
  const [nodes, namespaces, classes] = await Promise.all([
    list("v1", "Node"),
    list("v1", "Namespace"),
    list("storage.k8s.io/v1", "StorageClass"),
  ]);
  return {
    ...placeOf(nodes),
    ...capacityOf(nodes.map((node: Node) => node.status?.capacity ?? {})),
    version,
    nodeCount: nodes.length,
    namespaces: namesOf(namespaces),
    storageClasses: namesOf(classes),
    capabilities: [],
    lastUpdated: now().toISOString(),
  };
}

/** Asks a cluster no more than whether it is there. */
export async function lookAtVersion(
  cluster: Pick<Cluster, "version">,
  stopping: AbortSignal,
): Promise<string> {
  return versionIn(await inTime(cluster.version({ signal: soon(stopping) })));
}

/** Being late is being away. */
async function inTime<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof DOMException && error.name === "TimeoutError") throw noCluster();
    throw error;
  }
}

function unlessUnauthorized(error: unknown): KubernetesObject[] {
  if (!(error instanceof Problem) || refusedStatus(error) === 401) throw error;
  return [];
}

/** What does not say a version as a Kubernetes does is none. */
function versionIn(version: unknown): string {
  if (typeof version === "string" && /^v\d+\.\d+[\w.+~-]{0,60}$/.test(version)) return version;
  throw noCluster();
}

const noCluster = () => unavailable("The cluster cannot be reached");

function namesOf(objects: readonly KubernetesObject[]): string[] {
  const names = objects.flatMap(({ metadata }) => textOf(metadata?.name) || []);
  return names.slice(0, mostNames).sort();
}

function placeOf([first]: readonly Node[]): Pick<ClusterMetadata, "platform" | "provider" | "region"> {
  const labels = first?.metadata?.labels ?? {};
  const [scheme] = textOf(first?.spec?.providerID).split(":");
  return {
    platform: textOf(labels["kubernetes.io/os"]),
    provider: textOf(labels["kubernetes.io/cloud-provider"]) || (scheme ?? ""),
    region: textOf(labels["topology.kubernetes.io/region"]),
  };
}

/** Names and labels as Kubernetes allows them; whatever else a cluster sends is not kept. */
function textOf(value: unknown): string {
  return typeof value === "string" && /^[\w.:/-]{1,253}$/.test(value) ? value : "";
}
