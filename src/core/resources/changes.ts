import type { HistoryAction } from "../../contract/resources.ts";
import { isMap, type Keys, pointer } from "../catalog/text-values.ts";
import { plural } from "../health/health.ts";
import { isSame } from "../plan/json-values.ts";
import type { Seen } from "./seen.ts";

/** A field that has changed, by a JSON Pointer; without `from` it was not there before, without `to` it is gone. */
export interface FieldChange {
  path: string;
  from?: unknown;
  to?: unknown;
}

export type Shown = Pick<Seen, "status" | "spec" | "metadata">;

interface Difference {
  action: HistoryAction;
  changes: FieldChange[];
  message: string;
}

/** What differs in what is shown of an object, and the word that says most about it; nothing where nothing does. */
export function changesBetween(before: Shown, after: Shown): Difference | undefined {
  const changes = [
    ...differences(before.spec, after.spec, ["spec"]),
    ...differences(before.metadata.labels, after.metadata.labels, ["labels"]),
    ...differences(told(before), told(after), ["annotations"]),
  ];
  if (changes.length === 0 && before.status === after.status) return undefined;
  const action = actionOf(changes, before.status !== after.status);
  const message = sentenceFor(action, changes, `${before.status} → ${after.status}`);
  return { action, changes: changes.slice(0, mostChanges), message };
}

/** One rollout may touch many fields; a history is for reading. */
const mostChanges = 50;

/** Counted by controllers all the time. */
const uncounted = new Set([
  "deployment.kubernetes.io/revision",
  "autoscaling.alpha.kubernetes.io/conditions",
  "autoscaling.alpha.kubernetes.io/current-metrics",
  "control-plane.alpha.kubernetes.io/leader",
]);

function told({ metadata }: Shown): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata.annotations).filter(([key]) => !uncounted.has(key)));
}

function differences(from: unknown, to: unknown, at: Keys): FieldChange[] {
  if (isSame(from, to)) return [];
  if (isMap(from) && isMap(to)) {
    const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...keys].flatMap((key) => differences(from[key], to[key], [...at, key]));
  }
  const left = keyed(from);
  const right = keyed(to);
  if (left && right) return differences(left, right, at);
  return [{ path: pointer(...at), ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
}

/** A list whose items have names is compared by them. */
function keyed(list: unknown): Record<string, unknown> | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const names = list.map((item) => (isMap(item) && typeof item.name === "string" ? item.name : undefined));
  if (names.includes(undefined) || new Set(names).size < names.length) return undefined;
  return Object.fromEntries(list.map((item, index) => [names[index], item]));
}

const image = /^\/spec\/(images\/|containers\/[^/]+\/image$)/;
const size = /^\/spec\/(replicas|minReplicas|maxReplicas|completions|parallelism)$/;
const restarts = /^\/spec\/containers\/[^/]+\/restartCount$/;
const labels = /^\/labels\//;

function actionOf(changes: readonly FieldChange[], hasOtherStatus: boolean): HistoryAction {
  const touches = (pattern: RegExp) => changes.some(({ path }) => pattern.test(path));
  if (touches(image)) return "image_changed";
  if (touches(size)) return "scaled";
  if (touches(restarts)) return "container_restarted";
  if (hasOtherStatus) return "status_changed";
  return touches(labels) ? "labels_changed" : "updated";
}

function sentenceFor(action: HistoryAction, changes: readonly FieldChange[], statuses: string): string {
  const fromTo = (pattern: RegExp) => {
    const { from, to } = changes.find(({ path }) => pattern.test(path)) ?? {};
    return `from ${from ?? "nothing"} to ${to ?? "nothing"}`;
  };
  if (action === "image_changed") return `Image changed ${fromTo(image)}`;
  if (action === "scaled") return `Scaled ${fromTo(size)}`;
  if (action === "container_restarted") return "A container was restarted";
  return action === "status_changed" ? statuses : `${plural(changes.length, "field")} changed`;
}
