import type { DriftedNode } from "../../../contract/drift.ts";
import { pointer } from "../../../core/catalog/text-values.ts";
import type { CompiledNode } from "../../../core/compile/compile-design.ts";
import {
  type KubernetesObject,
  keyOf,
  type ObjectIdentity,
  podAnnotations,
} from "../../../core/kubernetes-object.ts";
import { driftOf } from "../../../core/plan/drift-fields.ts";
import { isFree, withoutFree } from "../../../core/plan/free-fields.ts";
import { ownersAt } from "../../../core/plan/managed-fields.ts";
import { invalid } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import { fieldManager } from "../../cluster/objects.ts";
import { refusedStatus } from "../../cluster/refused.ts";
import type { InventoryRow } from "../../storage/tables.ts";
import { type Prepared, prepareRun, type Source } from "./prepare-run.ts";
import { identityOf } from "./removals.ts";

type Live = KubernetesObject | undefined;
type Reader = Pick<Cluster, "read">;

/** What is no longer as it was deployed, asked of the cluster object by object: only so does it say who changed it. */
export async function findDrift(
  cluster: Reader,
  deployed: Source,
  limit: AbortSignal,
): Promise<DriftedNode[]> {
  const enough = new AbortController();
  const asking = { signal: AbortSignal.any([limit, enough.signal]), patienceMs: 0 };
  const reader = readOnce(cluster);
  try {
    // They are asked for one after the other soon.
    for (const row of deployed.inventory.filter(isSecret))
      reader.read(identityOf(row), asking).catch(() => undefined);
    const prepared = await prepareRun(reader, deployed, asking);
    if (prepared.faults.length > 0)
      throw invalid("The deployed version cannot be compared any more", prepared.faults);
    const read = (object: ObjectIdentity) => reader.read(object, asking);
    const nodes = prepared.nodes.map((node) => driftOfNode(read, node, prepared, deployed));
    return (await Promise.all(nodes)).filter(
      ({ missing, fields }) => missing.length > 0 || fields.length > 0,
    );
  } finally {
    // Where one answer was enough to give up, nobody needs the others.
    enough.abort();
  }
}

/** Every object as it was at one moment, however often it is looked at; what has no kind any more is gone. */
function readOnce(cluster: Reader): Reader {
  const reads = new Map<string, Promise<Live>>();
  return {
    read(identity, asking) {
      const key = keyOf(identity);
      const reading = reads.get(key) ?? cluster.read(identity, asking).catch(passNotFound);
      reads.set(key, reading);
      return reading;
    },
  };
}

function passNotFound(error: unknown): undefined {
  if (refusedStatus(error) !== 404) throw error;
}

type Read = (object: ObjectIdentity) => Promise<Live>;

async function driftOfNode(
  read: Read,
  node: CompiledNode,
  prepared: Prepared,
  { inventory }: Source,
): Promise<DriftedNode> {
  const { node_id } = node;
  const lost = prepared.missing.flatMap((each) => (each.node_id === node_id ? each.key : []));
  const drifts = await Promise.all(
    node.objects.map(async (object) => driftOfObject(node, withKeys(object, lost), await read(object))),
  );
  return {
    node_id,
    missing: [...drifts.flatMap(({ missing }) => missing), ...(await lostEnvironment(read, node, inventory))],
    fields: drifts.flatMap(({ fields }) => fields),
  };
}

function driftOfObject(
  node: CompiledNode,
  object: KubernetesObject,
  live: Live,
): Omit<DriftedNode, "node_id"> {
  const key = keyOf(object);
  if (!live) return { missing: goesByItself(object) ? [] : [key], fields: [] };
  const free = freeFields(node, object, live);
  const fields = driftOf(withoutFree(object, free), live, fieldManager);
  return { missing: [], fields: fields.flatMap((each) => (isFree(each.path, free) ? [] : { key, ...each })) };
}

/** A Job may be told to go once it has ended. */
function goesByItself({ kind, spec }: KubernetesObject): boolean {
  return kind === "Job" && typeof spec?.ttlSecondsAfterFinished === "number";
}

/** It says how the configuration is, which is told where it is kept. */
const stamp = pointer("spec", "template", "metadata", "annotations", podAnnotations.configuration);
const replicas = "/spec/replicas";

/** Fields that may be otherwise than designed without having drifted. */
function freeFields(
  { ownership, objects }: CompiledNode,
  object: KubernetesObject,
  live: KubernetesObject,
): string[] {
  const main = objects.at(-1);
  const left = main && keyOf(object) === keyOf(main) ? (ownership?.leave ?? []) : [];
  const scaled = ownersAt(live, replicas).some(({ manager }) => autoscalers.test(manager));
  return [stamp, ...left, ...(scaled ? [replicas] : [])];
}

/** Kubernetes' own, and others by their names: people have many programs to scale with, and that is drift. */
const autoscalers = /^kube-controller-manager$|^keda|scaler/i;

/** What nobody knows the value of any more is still known to be gone. */
function withKeys(object: KubernetesObject, lost: readonly string[]): KubernetesObject {
  if (object.kind !== "Secret" || lost.length === 0) return object;
  const { data = {} } = object as { data?: object };
  const values = Object.fromEntries(lost.map((key) => [key, "lost"]));
  return Object.assign({}, object, { data: { ...data, ...values } });
}

const isSecret = ({ object_key }: InventoryRow) => object_key.startsWith("/Secret/");

/** The environment that runs were given is compiled from what is there of it, so that only the inventory knows of it. */
async function lostEnvironment(
  read: Read,
  { node_id, type, objects }: CompiledNode,
  inventory: readonly InventoryRow[],
): Promise<string[]> {
  const known = new Set(objects.map(keyOf));
  const kept = inventory.filter(
    (row) => row.node_id === node_id && type !== "secret" && isSecret(row) && !known.has(row.object_key),
  );
  const found = await Promise.all(
    kept.map(async (row) => ((await read(identityOf(row))) ? [] : row.object_key)),
  );
  return found.flat();
}
