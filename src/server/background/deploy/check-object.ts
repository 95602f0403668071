import type { CompiledNode } from "../../../core/compile/compile-design.ts";
import { withoutFields } from "../../../core/compile/ownership.ts";
import { type KubernetesObject, keyOf, ownLabels } from "../../../core/kubernetes-object.ts";
import { withoutAllotted } from "../../../core/plan/allotted.ts";
import { changesOf } from "../../../core/plan/diff-objects.ts";
import { managedFieldsOf } from "../../../core/plan/managed-fields.ts";
import { pointerOfField } from "../../../core/plan/pointers.ts";
import { conflict } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import { conflictsOf, type FieldConflict } from "../../cluster/field-conflicts.ts";
import { fieldManager } from "../../cluster/objects.ts";
import { refusedStatus } from "../../cluster/refused.ts";
import { causesOf } from "../../cluster/rest.ts";
import type { InventoryRow } from "../../storage/tables.ts";
import { needsHandOver, takeBack } from "./hand-over.ts";
import type { Untouched } from "./untouched.ts";

/** Whether a namespace does not exist yet. */
export type Lacks = (namespace: string) => Promise<boolean>;

export interface Checking {
  cluster: Cluster;
  workflow_id: string;
  untouchedOf: Untouched;
  /** What was left by earlier runs, by object key. */
  known: ReadonlyMap<string, InventoryRow>;
  /** Whether a run was given values for what this node keeps, which are sent even where they are there already. */
  isGiven(node_id: string): boolean;
  signal: AbortSignal;
  patienceMs: number;
}

/** What is known of one object before it is written: what it would become, and whether it first has to go. */
export interface Checked {
  /** What is sent: the object without what is left to others. */
  sent: KubernetesObject;
  isNew: boolean;
  /** The version it had when it was checked. */
  version: string | undefined;
  /** A Job whose fixed fields differ can only be made anew. */
  replaces: string | undefined;
  /** The object as it is, where nothing has to be sent. */
  untouched?: KubernetesObject;
  /** The object as it was found, where it was read. */
  live?: KubernetesObject;
  /** What the cluster would make of it. */
  planned?: KubernetesObject;
  /** Fields of others that nobody has decided about. */
  contested: readonly FieldConflict[];
  /** Fields of others that are taken, as people decided or because their autoscaler is gone. */
  taken: readonly string[];
  /** Whether it was there before this workflow first wrote it. */
  isAdopted: boolean;
}

interface CheckNeeds extends Checking {
  lacks: Lacks;
}

/** What would become of one object, asked of the cluster itself. */
export async function checkObject(
  needs: CheckNeeds,
  node: CompiledNode,
  object: KubernetesObject,
): Promise<Checked> {
  const row = needs.known.get(keyOf(object));
  const isGiven = object.kind === "Secret" && needs.isGiven(node.node_id);
  const blank = { sent: object, isNew: false, replaces: undefined, contested: [], taken: [] };
  const isAdopted = row?.adopted === 1;
  const untouched = isGiven ? undefined : await needs.untouchedOf(object, node.ownership);
  if (untouched) return { ...blank, version: untouched.metadata.resourceVersion, untouched, isAdopted };

  // What was there before most likely still is, so that it is read at the same time.
  const [early, tried] = await Promise.all([
    row?.uid ? needs.cluster.read(object, needs) : undefined,
    dryRun(needs, object),
  ]);
  const { planned } = tried;
  if (!planned) return whereRefused(needs, node, object, early, tried.error);
  // What does not exist yet has no version, not even in a dry run.
  const { resourceVersion: version } = planned.metadata;
  const live = version === undefined ? undefined : (early ?? (await needs.cluster.read(object, needs)));
  if (!live) return { ...blank, isNew: true, version: undefined, planned, isAdopted: false };
  const found = { ...blank, version, live, isAdopted: isForeign(needs, live, isAdopted) };
  return foundAs({ ...found, planned: handedOver(live, object, planned) }, isGiven);
}

/** Replicas that are handed to an autoscaler stay what they are, which a dry run of our own part cannot know. */
function handedOver(live: KubernetesObject, object: KubernetesObject, planned: KubernetesObject) {
  if (!needsHandOver(live, object)) return planned;
  return { ...planned, spec: { ...planned.spec, replicas: live.spec?.replicas } };
}

/** Where the dry run would leave it as it is, there is nothing to send. */
function foundAs(checked: Checked & { live: KubernetesObject }, isGiven: boolean): Checked {
  const { live, sent } = checked;
  const planned = checked.planned && withoutAllotted(checked.planned, live, sent);
  if (isGiven || !planned || isChanged(live, planned)) return { ...checked, ...(planned && { planned }) };
  return { ...checked, untouched: { ...sent, ...live } };
}

function isChanged(live: KubernetesObject, planned: KubernetesObject): boolean {
  const ours = (object: KubernetesObject) =>
    managedFieldsOf(object)
      .filter(({ manager, operation }) => manager === fieldManager && operation === "Apply")
      .map(({ fieldsV1 }) => JSON.stringify(fieldsV1))
      .join();
  return changesOf(live, planned, { manager: fieldManager }).length > 0 || ours(live) !== ours(planned);
}

interface Tried {
  planned?: KubernetesObject;
  error?: unknown;
}

async function dryRun(
  { cluster, ...asking }: CheckNeeds,
  object: KubernetesObject,
  force = false,
): Promise<Tried> {
  try {
    return { planned: await cluster.apply(object, { ...asking, dryRun: true, force }) };
  } catch (error) {
    return { error };
  }
}

async function whereRefused(
  needs: CheckNeeds,
  node: CompiledNode,
  object: KubernetesObject,
  early: KubernetesObject | undefined,
  error: unknown,
): Promise<Checked> {
  const { cluster, lacks } = needs;
  const { namespace } = object.metadata;
  const fresh = { sent: object, isNew: true, version: undefined, contested: [], taken: [], isAdopted: false };
  if (namespace && refusedStatus(error) === 404 && (await lacks(namespace))) {
    const planned = await cluster.check(object, "default", needs);
    return { ...fresh, planned, replaces: undefined };
  }
  const conflicts = conflictsOf(error);
  if (conflicts.length > 0) return whereContested(needs, node, object, conflicts);
  if (object.kind !== "Job" || !isImmutable(error)) throw error;
  const live = early ?? (await cluster.read(object, needs));
  if (live && isForeign(needs, live, needs.known.get(keyOf(object))?.adopted === 1))
    throw conflict("It was there before this workflow, and can only be changed by being deleted");
  const planned = await cluster.check(object, namespace ?? "default", needs);
  const replacing = live ? { live, replaces: live.metadata.uid, isNew: false } : { replaces: undefined };
  return { ...fresh, ...replacing, planned };
}

/** Fields of others: left, taken as people decided, taken back from an autoscaler that is gone, or contested. */
async function whereContested(
  needs: CheckNeeds,
  { ownership, objects }: CompiledNode,
  object: KubernetesObject,
  conflicts: readonly FieldConflict[],
): Promise<Checked> {
  const live = await needs.cluster.read(object, needs);
  const back = takeBack(live, object);
  const choices = object === objects.at(-1) ? ownership : undefined;
  const pointerOf = ({ field }: FieldConflict) => pointerOfField(object, field) ?? field;
  const isTaken = (conflict: FieldConflict) =>
    [...back.take, ...(choices?.take ?? [])].includes(pointerOf(conflict));
  const left = conflicts.map(pointerOf).filter((pointer) => choices?.leave.includes(pointer));
  const sent = withoutFields(back.object, left);
  const taken = conflicts.filter(isTaken).map(({ field }) => field);
  const contested = conflicts.filter((each) => !isTaken(each) && !left.includes(pointerOf(each)));

  const { planned, error } = await dryRun(needs, sent, true);
  if (!planned) throw error;
  const found = {
    sent,
    isNew: false,
    replaces: undefined,
    version: planned.metadata.resourceVersion,
    planned,
  };
  if (!live) throw new Error(`${keyOf(object)} has fields of others, and was not found`);
  const isAdopted = isForeign(needs, live, needs.known.get(keyOf(object))?.adopted === 1);
  return foundAs({ ...found, live, contested, taken, isAdopted }, false);
}

/**
 * Whether it was there before this workflow wrote it for the first time. What another workflow has is not taken from it:
 * both have one field manager, so that the cluster itself would see no conflict.
 */
function isForeign({ workflow_id, known }: Checking, live: KubernetesObject, wasAdopted: boolean): boolean {
  const owner = live.metadata.labels?.[ownLabels.workflow];
  if (owner !== undefined && owner !== workflow_id)
    throw conflict(`It belongs to another workflow (its label ${ownLabels.workflow} is ${owner})`);
  return known.has(keyOf(live)) ? wasAdopted : owner === undefined;
}

function isImmutable(error: unknown): boolean {
  return causesOf(error).some(({ message }) => message.endsWith("field is immutable"));
}
