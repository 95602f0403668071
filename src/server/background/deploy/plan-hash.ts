import type { PlannedObject } from "../../../contract/plan.ts";
import { type KubernetesObject, keyOf } from "../../../core/kubernetes-object.ts";
import { stateOf } from "../../../core/plan/fingerprint.ts";
import type { Checked } from "./check-object.ts";
import { type Aim, givenIn, type Planned } from "./planning.ts";

type Parts = Pick<Planned, "prepared" | "checks" | "removals">;

/**
 * Names a plan by what it was asked for, what it found and what it would do, so that a run bound to it does just
 * that or nothing. Of values only their names are in it: who plans does not know them.
 */
export function hashPlan(
  hash: (text: string) => string,
  aim: Aim,
  parts: Parts,
  objects: readonly PlannedObject[],
): string {
  const { workflow, cluster, namespace, design, intent, deletes, values } = aim;
  const given = namesOf(values);
  // What goes is what is there, whatever the drawing says by now.
  const drawn = intent === "undeploy" ? [] : [design, namespace];
  const asked = [workflow.id, cluster.id, intent, drawn, [...deletes].toSorted(), given];
  const text = (value: unknown) => hash(JSON.stringify(value)).slice(0, 22);
  const isOpen = ({ key, kind, node_id }: PlannedObject) =>
    given.length > 0 && mayVary(kind, node_id, aim) && key;
  const open = new Set(objects.flatMap((object) => isOpen(object) || []));
  const found = foundIn(parts).filter(([key]) => !open.has(key));
  const effects = objects.map((object) => (open.has(object.key) ? { key: object.key } : effectOf(object)));
  return [text(asked), text(found), text(effects)].join(".");
}

function namesOf({ secrets = {}, envVars = {} }: Aim["values"]): string[] {
  return [secrets, envVars]
    .flatMap((values, index) =>
      Object.entries(values).flatMap(([id, keys]) => Object.keys(keys).map((key) => `${index} ${id} ${key}`)),
    )
    .toSorted();
}

/** Each object that would be written or deleted, as it was found. What would be left as it is may change meanwhile. */
function foundIn({ prepared, checks, removals }: Parts): [string, string][] {
  const written = prepared.nodes.flatMap(({ objects }) =>
    objects.flatMap((object) => foundAs(object, checks.checked.get(object))),
  );
  const removed = removals.map(({ row, live }): [string, string] => [row.object_key, `${live.metadata.uid}`]);
  return [...written, ...removed];
}

function foundAs(object: KubernetesObject, check: Checked | undefined): [string, string][] {
  if (!check || check.untouched) return [];
  const { live, sent } = check;
  return [[keyOf(object), live ? `${live.metadata.uid} ${stateOf(live, sent)}` : ""]];
}

function effectOf({ key, action, fields, replace, policy }: PlannedObject) {
  return { key, action, replace, policy, fields: fields.map(({ path, from, to }) => [path, from, to]) };
}

/** Whether a value that is not known yet may change what becomes of an object. */
function mayVary(kind: string, node_id: string | undefined, { values }: Aim): boolean {
  const isGiven = node_id !== undefined && givenIn(values)(node_id);
  return isGiven || ["Secret", "Deployment", "StatefulSet", "DaemonSet"].includes(kind);
}
