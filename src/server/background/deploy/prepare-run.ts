import type { Design } from "../../../contract/design.ts";
import type { TriggerData } from "../../../contract/runs.ts";
import { type CompiledNode, compileDesign } from "../../../core/compile/compile-design.ts";
import { stampConfiguration } from "../../../core/compile/stamp-configuration.ts";
import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import type { Detail } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { InventoryRow } from "../../storage/tables.ts";

interface Asking {
  signal: AbortSignal;
  patienceMs: number;
}

export interface Prepared {
  nodes: CompiledNode[];
  faults: Detail[];
  warnings: Detail[];
  /** Secret values that neither the run was given nor the cluster has. */
  missing: MissingValue[];
  /** Secrets with the environment of earlier runs: still in use, though this run has nothing to put into them. */
  kept: KubernetesObject[];
}

interface MissingValue extends Detail {
  node_id: string;
  key: string;
}

export interface Source {
  workflow_id: string;
  design: Design;
  namespace: string;
  values: TriggerData;
  inventory: readonly InventoryRow[];
  /** Of what pods are configured with, which holds secrets. */
  valueHash(text: string): string;
}

/** Keys and base64 values of a live Secret. */
type SecretData = Record<string, string>;

/**
 * Turns the design into the objects of this run. Secret values that the run was not given are those the
 * cluster has: an apply that left them out would take them away.
 */
export async function prepareRun(
  cluster: Pick<Cluster, "read">,
  source: Source,
  asking: Asking,
): Promise<Prepared> {
  const { workflow_id, design, namespace, values, valueHash } = source;
  const liveEnv = await readRuntimeEnv(cluster, source, asking);
  const envKeys = Object.fromEntries(liveEnv.map(({ node_id, data }) => [node_id, Object.keys(data)]));
  const { nodes, faults, warnings, secretKeys } = compileDesign({
    workflow_id,
    design,
    namespace,
    values: { secrets: values.secrets ?? {}, env: values.envVars ?? {} },
    present: { envKeys },
  });
  if (faults.length > 0) return { nodes, faults, warnings, missing: [], kept: [] };

  for (const { node_id, data } of liveEnv) addData(secretOf(nodes, node_id), data);
  const missing: MissingValue[] = [];
  for (const keys of secretKeys.filter((each) => each.missing.length > 0)) {
    const live = await readSecret(cluster, keys, asking);
    addData(secretOf(nodes, keys.node_id), live);
    for (const key of keys.missing) if (!Object.hasOwn(live, key)) missing.push(missingValue(keys, key));
  }
  const kept = liveEnv.map(({ secret }) => secret);
  const stamped = stampConfiguration(nodes, valueHash, kept);
  return { nodes: stamped, faults, warnings, missing, kept };
}

function missingValue({ node_id, name }: { node_id: string; name: string }, key: string): MissingValue {
  const message = `The secret “${name}” has no value for “${key}”: give one with this run`;
  return { node_id, key, path: "/keys", code: "secret-value-missing", message };
}

/** All that keeps a run from starting: a plan may lack values, a run may not. */
export function faultsOf({ faults, missing }: Prepared): Detail[] {
  return [...faults, ...missing.map(({ key, ...detail }) => detail)];
}

interface RuntimeEnv {
  node_id: string;
  data: SecretData;
  secret: KubernetesObject;
}

/** What earlier runs were given as environment, kept in a Secret of the node's own. */
async function readRuntimeEnv(
  cluster: Pick<Cluster, "read">,
  { inventory, design }: Source,
  asking: Asking,
): Promise<RuntimeEnv[]> {
  const found: RuntimeEnv[] = [];
  const ids = new Set(design.nodes.flatMap(({ id, type }) => (type === "secret" ? [] : [id])));
  for (const { node_id, object_key } of inventory) {
    const [group, kind, namespace = "", name = ""] = object_key.split("/");
    if (group !== "" || kind !== "Secret" || !ids.has(node_id)) continue;
    const data = await readSecret(cluster, { namespace, name }, asking);
    found.push({ node_id, data, secret: { ...secretNamed(namespace, name), data } as KubernetesObject });
  }
  return found;
}

function secretNamed(namespace: string, name: string) {
  return { apiVersion: "v1", kind: "Secret", metadata: { name, namespace } };
}

async function readSecret(
  cluster: Pick<Cluster, "read">,
  { namespace, name }: { namespace: string; name: string },
  asking: Asking,
): Promise<SecretData> {
  const live = (await cluster.read(secretNamed(namespace, name), asking)) as
    | (KubernetesObject & { data?: SecretData })
    | undefined;
  return live?.data ?? {};
}

function secretOf(nodes: readonly CompiledNode[], node_id: string): KubernetesObject | undefined {
  const node = nodes.find((each) => each.node_id === node_id);
  return node?.objects.find(({ kind }) => kind === "Secret");
}

/** Given values win over live ones. */
function addData(secret: KubernetesObject | undefined, live: SecretData): void {
  if (secret) Object.assign(secret, { data: { ...live, ...(secret as { data?: SecretData }).data } });
}
