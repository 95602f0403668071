import type { Design } from "../../contract/design.ts";
import type { Plan, PlannedObject } from "../../contract/plan.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { counted } from "./plan-words.ts";

/** What has to be confirmed before a plan may be carried out. */
export interface Ladder {
  level: 0 | 1 | 2 | 3;
  /** Those that are away for a moment, or made anew: each is named where that is agreed to. */
  breaks: readonly string[];
  deletes: readonly PlannedObject[];
  /** What could not be had back: the name of each has to be typed. */
  precious: readonly PlannedObject[];
  /** The workflow's name, where so much goes that it has to be typed too. */
  typed: string | undefined;
}

/** What somebody has confirmed so far. */
export interface Answers {
  agreed: boolean;
  names: Readonly<Record<string, string>>;
  workflow: string;
}

export type Answer =
  | { kind: "agree"; agreed: boolean }
  | { kind: "name"; key: string; text: string }
  | { kind: "workflow"; text: string }
  /** The plan is another one: nothing that was confirmed before counts. */
  | { kind: "forget" };

export const nothingConfirmed: Answers = { agreed: false, names: {}, workflow: "" };

export function confirming(answers: Answers, answer: Answer): Answers {
  if (answer.kind === "agree") return { ...answers, agreed: answer.agreed };
  if (answer.kind === "workflow") return { ...answers, workflow: answer.text };
  if (answer.kind === "forget") return nothingConfirmed;
  return { ...answers, names: { ...answers.names, [answer.key]: answer.text } };
}

const mostDeletions = 20;
const mostPercent = 30;

interface Extent {
  workflow: { name: string } & Pick<Design, "nodes">;
  /** The keys that were asked to go though they would be kept. */
  named: ReadonlySet<string>;
}

export function ladderOf(plan: Plan, { workflow, named }: Extent): Ladder {
  const deletes = plan.removed.filter(({ action }) => action === "delete");
  const precious = deletes.filter(({ key }) => named.has(key) || isPrecious(key));
  const breaks = breaksOf(plan, workflow);
  const { counts } = plan;
  // What is in the cluster by now, of which the deletions are a part.
  const total = counts.update + counts.delete + counts.keep + counts.none;
  const isMuch = deletes.length > mostDeletions || deletes.length * 100 > total * mostPercent;
  const typed = deletes.length > 0 && (isMuch || plan.confirm.level >= 2) ? workflow.name : undefined;
  const level = precious.length > 0 ? 3 : deletes.length > 0 ? 2 : breaks.length > 0 ? 1 : 0;
  return { level, breaks, deletes, precious, typed };
}

/** What a later run could not make again: data, and all there is in a namespace. */
function isPrecious(key: string): boolean {
  return key.startsWith("/PersistentVolumeClaim/") || key.startsWith("/Namespace/");
}

/** Whether what is kept would go if it were asked for by name. */
export function mayBeNamed({ policy, reason, key }: PlannedObject, named: ReadonlySet<string>): boolean {
  return named.has(key) || (policy === "keep" && reason?.endsWith("unless named") === true);
}

/** A Job is made to run and to end: making it anew takes nothing away from anybody. */
function breaksOf({ restarts, nodes }: Plan, design: Pick<Design, "nodes">): string[] {
  const drawn = new Map(design.nodes.map((node) => [node.id, node]));
  const isTask = (id: string) => drawn.get(id)?.type === "job";
  const replaced = nodes.flatMap(({ node_id, objects }) =>
    objects.some(({ replace }) => replace === true) ? [node_id] : [],
  );
  const away = restarts.flatMap(({ node_id, how }) =>
    how === "recreate" || how === "anew" ? [node_id] : [],
  );
  const ids = [...new Set([...away, ...replaced])].filter((id) => !isTask(id));
  return ids.map((id) => {
    const node = drawn.get(id);
    return node ? nameOfNode(node) : id;
  });
}

/** What is still to be confirmed, in words; nothing once the button may be pressed. */
export function missingFor(ladder: Ladder, answers: Answers): string | undefined {
  const unnamed = ladder.precious.filter(({ key, name }) => answers.names[key]?.trim() !== name);
  const [first] = unnamed;
  if (first) return `Type ${first.name} to delete it, or keep it`;
  if (ladder.typed !== undefined && answers.workflow.trim() !== ladder.typed)
    return `Type ${ladder.typed} to delete ${counted(ladder.deletes.length, "object")}`;
  if (ladder.breaks.length > 0 && !answers.agreed) return "Agree to the break first";
  return undefined;
}

/** What the button says: deletions are in its words. */
export function deployWords({ deletes }: Ladder, changes: number, intent: Plan["intent"]): string {
  if (intent === "undeploy")
    return deletes.length > 0 ? `Archive and delete ${counted(deletes.length, "object")}` : "Archive";
  if (deletes.length > 0) return `Deploy and delete ${counted(deletes.length, "object")}`;
  return changes > 0 ? `Deploy ${counted(changes, "change")}` : "Deploy";
}
