import type { FieldChange } from "../../../contract/plan.ts";
import type { RunResult } from "../../../contract/runs.ts";
import { type KubernetesObject, keyOf, ownLabels } from "../../../core/kubernetes-object.ts";
import { changesOf } from "../../../core/plan/diff-objects.ts";
import { sayLeft } from "../../../core/plan/log-words.ts";
import { ownedBy } from "../../../core/plan/managed-fields.ts";
import { Problem } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import { fieldManager } from "../../cluster/objects.ts";
import type { InventoryRow, PreimageRow, RunRow } from "../../storage/tables.ts";
import type { Journal } from "./journal.ts";
import { identityOf } from "./removals.ts";
import { removeAndWait } from "./remove-object.ts";
import { versionLeft } from "./untouched.ts";

interface TakeBackNeeds {
  cluster: Cluster;
  run: RunRow;
  journal: Pick<Journal, "log" | "noteLater" | "forget">;
  /** The inventory as it is now, by object key. */
  known: ReadonlyMap<string, InventoryRow>;
  open(object_key: string, text: string): string;
  signal: AbortSignal;
  patienceMs: number;
}

type Left = RunResult[number];

/**
 * Takes back what a run wrote, the last first: what it made goes, what it changed becomes what it was. Claims and their
 * data stay. What others have changed since is theirs, and is reported.
 */
export async function takeBack(needs: TakeBackNeeds, preimages: readonly PreimageRow[]): Promise<RunResult> {
  const result: RunResult = [];
  for (const preimage of preimages) {
    const left = await takeBackOne(needs, preimage);
    result.push(left);
    needs.journal.log(sayLeft(left), preimage.node_id);
  }
  return result;
}

async function takeBackOne(needs: TakeBackNeeds, preimage: PreimageRow): Promise<Left> {
  const { object_key: key, node_id } = preimage;
  try {
    const ending = preimage.state === null ? await unmake(needs, preimage) : await restore(needs, preimage);
    return { key, node_id, ...ending };
  } catch (error) {
    needs.signal.throwIfAborted();
    if (!(error instanceof Problem)) throw error;
    const state = error.kind === "unavailable" ? ("unknown" as const) : ("new" as const);
    return { key, node_id, state, reason: error.message };
  }
}

type Ending = Pick<Left, "state" | "reason">;

/** There was nothing before. What is there now goes if it is what the run made, and holds no data. */
async function unmake(needs: TakeBackNeeds, preimage: PreimageRow): Promise<Ending> {
  const { journal, known, run } = needs;
  const row = known.get(preimage.object_key);
  const live = await needs.cluster.read(identityOf(preimage), needs);
  if (!live) {
    if (row) journal.forget([row]);
    return { state: "removed" };
  }
  const isOurs = row?.uid
    ? row.uid === live.metadata.uid
    : live.metadata.labels?.[ownLabels.workflow] === run.workflow_id;
  if (!isOurs) return { state: "kept", reason: "Somebody else has made it anew since" };
  if (keyOf(live).startsWith("/PersistentVolumeClaim/"))
    return { state: "kept", reason: "Claims and their data are never deleted by taking back" };
  await removeAndWait(needs, live);
  if (row) journal.forget([row]);
  return { state: "removed" };
}

/**
 * Applies what we had applied before, as the cluster itself remembers it: what the run added goes with that, and what
 * is managed by others stays theirs.
 */
async function restore(needs: TakeBackNeeds, preimage: PreimageRow): Promise<Ending> {
  const { cluster, known } = needs;
  const before = stateOf(needs, preimage);
  const live = await leftOf(needs, before);
  if (!live && isPruned(needs, preimage)) return remake(needs, preimage, before);
  if (!live) return { state: "missing", reason: "Somebody has deleted it since" };
  if (live.metadata.uid !== before.metadata.uid) return undoReplacement(needs, before, live);
  const restored = await cluster.apply(ownedBy(before, fieldManager), needs);
  const row = known.get(preimage.object_key);
  // It is compared anew by the next run: what it had applied before is not known by its hash any more.
  const { uid = null } = restored.metadata;
  const left = { uid, resource_version: versionLeft(restored.metadata), applied_hash: null };
  if (row) needs.journal.noteLater([{ ...row, ...left }]);
  const other = changesOf(restored, before, { manager: fieldManager }).filter(isOurDoing);
  if (other.length === 0) return { state: "restored" };
  return {
    state: "new",
    reason: `${other.map(({ path }) => path).join(", ")} could not be made what it was`,
  };
}

/** What is being deleted is as good as gone, and nothing can keep it. */
async function leftOf(needs: TakeBackNeeds, before: KubernetesObject) {
  const live = await needs.cluster.read(before, needs);
  if (!live?.metadata.deletionTimestamp) return live;
  await removeAndWait(needs, live);
  return undefined;
}

/** What the run writes is noted as its own; what it deletes is not, and is not noted at all once it is gone. */
function isPruned({ known, run }: TakeBackNeeds, { object_key }: PreimageRow): boolean {
  return known.get(object_key)?.run_id !== run.id;
}

const notRemade: Readonly<Record<string, string>> = {
  Job: "is not run again by taking back",
  PersistentVolumeClaim: "its data went with it",
  Namespace: "all that was in it went with it",
};

/** What left the drawing was deleted by the run, and is made as it was. */
async function remake(
  needs: TakeBackNeeds,
  { object_key, api_version, node_id }: PreimageRow,
  before: KubernetesObject,
): Promise<Ending> {
  const { run, journal, cluster } = needs;
  const lost = notRemade[before.kind];
  if (lost) return { state: "new", reason: `The run has deleted it, and ${lost}` };
  const made = await cluster.apply(ownedBy(before, fieldManager), needs);
  const { workflow_id, cluster_id, id: run_id } = run;
  const place = { workflow_id, cluster_id, object_key, api_version, node_id, run_id };
  const { uid = null } = made.metadata;
  const left = { uid, resource_version: versionLeft(made.metadata), applied_hash: null, adopted: 0 };
  journal.noteLater([{ ...place, ...left }]);
  return { state: "restored" };
}

/** What another manages by now is theirs, and controllers number what they roll. */
function isOurDoing({ owner, path }: FieldChange): boolean {
  return !owner && path !== "/metadata/annotations/deployment.kubernetes.io~1revision";
}

/** A Job that ran is not run again by taking back, so that the one before it cannot be there again. */
async function undoReplacement(
  needs: TakeBackNeeds,
  before: KubernetesObject,
  live: KubernetesObject,
): Promise<Ending> {
  const row = needs.known.get(keyOf(before));
  const isOurs =
    row?.uid === live.metadata.uid || live.metadata.labels?.[ownLabels.workflow] === needs.run.workflow_id;
  if (!isOurs) return { state: "missing", reason: "Somebody else has made it anew since" };
  await removeAndWait(needs, live);
  if (row) needs.journal.forget([row]);
  return {
    state: "new",
    reason: `The ${before.kind} before it was deleted, and is not run again by taking back`,
  };
}

function stateOf({ open }: TakeBackNeeds, { object_key, is_sealed, state }: PreimageRow): KubernetesObject {
  const text = is_sealed === 1 ? open(object_key, state ?? "") : (state ?? "");
  return JSON.parse(text) as KubernetesObject;
}

/** What a run that was taken back has left behind, in a word. */
export function outcomeOf(result: RunResult): "rolled_back" | "partial" | "unknown" {
  const has = (state: Left["state"]) => result.some((left) => left.state === state);
  if (has("unknown")) return "unknown";
  return has("new") || has("missing") ? "partial" : "rolled_back";
}
