import {
  type KubernetesObject,
  keyOf,
  type ObjectIdentity,
  ownLabels,
} from "../../../core/kubernetes-object.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { InventoryStore } from "../../storage/inventory.ts";
import type { InventoryRow } from "../../storage/tables.ts";

/** What an earlier run made and this one does not ask for. */
export interface Removal {
  row: InventoryRow;
  identity: ObjectIdentity;
  live: KubernetesObject;
  policy: "delete" | "keep";
  reason: string;
}

interface RemovalNeeds {
  cluster: Pick<Cluster, "read">;
  inventory: Pick<InventoryStore, "ofOthers" | "isShared">;
  workflow_id: string;
  cluster_id: string;
  known: ReadonlyMap<string, InventoryRow>;
  /** Keys that were named to go though they would be kept. */
  deletes: ReadonlySet<string>;
  signal: AbortSignal;
  patienceMs: number;
}

export interface Removals {
  removals: Removal[];
  /** Rows of what is not there any more, or is somebody else's by now: they are forgotten. */
  gone: InventoryRow[];
}

/**
 * What is in the inventory and is no longer wanted, and what becomes of it: whose data would be lost with it, or who
 * else has it, keeps it. Nothing is deleted that this workflow did not make itself.
 */
export async function findRemovals(needs: RemovalNeeds, wanted: ReadonlySet<string>): Promise<Removals> {
  const rows = [...needs.known.values()].filter(({ object_key }) => !wanted.has(object_key));
  const others = await needs.inventory.ofOthers(
    needs.workflow_id,
    rows.map(({ object_key }) => object_key),
  );
  const found = await Promise.all(
    rows.map(async (row) => {
      const identity = identityOf(row);
      const live = await needs.cluster.read(identity, needs);
      if (!live || !isOurs(live, row, needs.workflow_id)) return { gone: row };
      return { removal: { row, identity, live, ...(await judge(needs, row, live, others)) } };
    }),
  );
  return {
    removals: found.flatMap(({ removal }) => removal ?? []).toSorted(byRank),
    gone: found.flatMap(({ gone }) => gone ?? []),
  };
}

export function identityOf({ object_key, api_version }: Pick<InventoryRow, "object_key" | "api_version">) {
  const [, kind = "", namespace = "", ...name] = object_key.split("/");
  const metadata = { name: name.join("/"), ...(namespace && { namespace }) };
  return { apiVersion: api_version, kind, metadata };
}

/** One made anew by somebody else has another uid; what a run was about to make has none noted, and our labels. */
function isOurs(
  { metadata }: KubernetesObject,
  { uid, node_id }: InventoryRow,
  workflow_id: string,
): boolean {
  if (uid) return metadata.uid === uid;
  return node_id !== "" && metadata.labels?.[ownLabels.workflow] === workflow_id;
}

type Judgement = Pick<Removal, "policy" | "reason">;

async function judge(
  needs: RemovalNeeds,
  row: InventoryRow,
  live: KubernetesObject,
  others: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Judgement> {
  const { object_key, adopted } = row;
  const keep = (reason: string): Judgement => ({ policy: "keep", reason });
  const owner = live.metadata.labels?.[ownLabels.workflow];
  const isOthers = owner !== undefined && owner !== needs.workflow_id;
  if (isOthers || others.has(object_key)) return keep("Another workflow has it too");
  const isNamespace = keyOf(live).startsWith("/Namespace/");
  if (
    isNamespace &&
    (await needs.inventory.isShared(needs.workflow_id, needs.cluster_id, live.metadata.name))
  )
    return keep("Another workflow has something in it");
  if (adopted === 1) return keep("It was there before this workflow");
  if (needs.deletes.has(object_key)) return { policy: "delete", reason: "Named to be deleted" };
  const precious = preciousOf(live);
  return precious ? keep(precious) : { policy: "delete", reason: "No longer in the drawing" };
}

/** Why something is not deleted unless it is named. */
function preciousOf(object: KubernetesObject): string | undefined {
  const key = keyOf(object);
  if (key.startsWith("/PersistentVolumeClaim/")) return "Claims and their data are kept unless named";
  if (key.startsWith("/Namespace/")) return "Namespaces are kept unless named";
  const { data = {} } = object as { data?: object };
  const hasValues = key.startsWith("/Secret/") && Object.keys(data).length > 0;
  return hasValues ? "Secrets with values are kept unless named" : undefined;
}

/** What leads to others goes before what it leads to, and what is used after its users. */
const order = [
  "HorizontalPodAutoscaler",
  "Ingress",
  "NetworkPolicy",
  "Service",
  "CronJob",
  "Job",
  "Deployment",
  "DaemonSet",
  "StatefulSet",
  "ConfigMap",
  "Secret",
  "PersistentVolumeClaim",
  "Namespace",
];

function byRank(a: Removal, b: Removal): number {
  const rank = ({ identity: { kind } }: Removal) => order.indexOf(order.includes(kind) ? kind : "Service");
  return rank(a) - rank(b) || (a.row.object_key < b.row.object_key ? -1 : 1);
}
