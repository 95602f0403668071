import type { Condition } from "../../contract/design.ts";
import type { Plan, Restart } from "../../contract/plan.ts";

export type Counted = { action: keyof Plan["counts"]; count: number; text: string };

const verbs: Readonly<Record<keyof Plan["counts"], string>> = {
  create: "create",
  update: "update",
  delete: "delete",
  keep: "kept",
  none: "unchanged",
};

/** What a plan does to how many objects; what it does to none is left out, unless that is all there is to say. */
export function countsOf({ counts }: Pick<Plan, "counts">): Counted[] {
  const actions = Object.keys(verbs) as (keyof Plan["counts"])[];
  return actions
    .filter((action) => counts[action] > 0)
    .map((action) => ({ action, count: counts[action], text: `${counts[action]} ${verbs[action]}` }));
}

/** How much a plan changes: what it leaves as it is, is no change. */
export function changesIn({ counts }: Pick<Plan, "counts">): number {
  return counts.create + counts.update + counts.delete + counts.keep;
}

/** `2 to create, 1 to update, 6 unchanged`, for those who listen. */
export function countsText(plan: Pick<Plan, "counts">): string {
  const said = countsOf(plan).map(({ text }) => text);
  return said.length > 0 ? said.join(", ") : "nothing to do";
}

const until: Readonly<Record<Condition, string>> = {
  exists: "to exist",
  ready: "to be ready",
  completed: "to complete",
};

export function sayWait(
  { node_id, condition }: { node_id: string; condition: Condition },
  nameOf: (id: string) => string,
): string {
  return `${nameOf(node_id)} ${until[condition] ?? condition}`;
}

const manners: Readonly<Record<Restart["how"], string>> = {
  rolling: "in turn",
  recreate: "all at once, with a break",
  "on-delete": "once somebody deletes them",
  anew: "made anew",
};

/** `3 pods restart, in turn`. */
export function sayRestart({ pods, how }: Pick<Restart, "pods" | "how">): string {
  return `${pods} ${pods === 1 ? "pod restarts" : "pods restart"}, ${manners[how] ?? how}`;
}

/** All restarts in one sentence: `3 pods of api restart, in turn`. */
export function sayRestarts(
  restarts: readonly Restart[],
  nameOf: (id: string) => string,
): string | undefined {
  const real = restarts.filter(({ how }) => how !== "on-delete");
  const pods = real.reduce((sum, restart) => sum + restart.pods, 0);
  const [only] = real;
  if (!only || pods === 0) return undefined;
  const verb = pods === 1 ? "pod" : "pods";
  const isOne = real.length === 1;
  const whose = isOne ? nameOf(only.node_id) : `${new Set(real.map(({ node_id }) => node_id)).size} nodes`;
  const manner = isOne ? `, ${manners[only.how] ?? only.how}` : "";
  return `about ${pods} ${verb} of ${whose} ${pods === 1 ? "restarts" : "restart"}${manner}`;
}

/** `3 objects`, `1 object`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
