import type { Transaction } from "kysely";
import type { NodeStatus } from "../../contract/health.ts";
import type { Workflow } from "../../contract/workflows.ts";
import { fromJsonText } from "../../core/json-text.ts";
import { alarmOf, isBad } from "../../core/notifications/alarm.ts";
import { runEnded, workflowFailing, workflowHealthy } from "../../core/notifications/notes.ts";
import type { Database } from "./database.ts";
import { endAlarm, notify, raiseAlarm } from "./notify.ts";
import type { Ending } from "./run-types.ts";
import type { RunRow, Tables } from "./tables.ts";
import type { Statuses } from "./workflows-drawing.ts";

type Clock = Database["clockMs"];

export async function tellRunEnded(
  tx: Transaction<Tables>,
  clockMs: Clock,
  run: RunRow,
  ending: Ending,
  name: string,
): Promise<void> {
  const { status, outcome, error, completed_at: at } = ending;
  // What was taken away is not healthy again, whatever was wrong with it.
  if (run.intent === "undeploy" && status === "completed") await endAlarm(tx, `workflow:${run.workflow_id}`);
  const warnings = fromJsonText(ending.warnings).length;
  const note = runEnded(name, { ...run, status, outcome, error, warnings });
  await notify(tx, clockMs, [run.owner_id], { happening: `run:${run.id}`, note, at });
}

/** Tells whose workflow it is that something in it does not work, or that all of it does again. */
export async function tellHealth(
  tx: Transaction<Tables>,
  clockMs: Clock,
  { id, name, status, owner_id, nodes }: Pick<Workflow, "id" | "name" | "status" | "owner_id" | "nodes">,
  statuses: Statuses,
): Promise<void> {
  if (status !== "published") return;
  const drawn = nodes.flatMap((node) => {
    const text = statuses.get(node.id);
    return text ? [{ node, status: fromJsonText(text) }] : [];
  });
  const state = alarmOf(drawn.map((each) => each.status));
  const subject = `workflow:${id}`;
  // A run tells by itself how it ends, and until then much is about to change.
  if (!state || (await isBeingDeployed(tx, id))) return;
  const alarm = await (state === "failing" ? raiseAlarm(tx, subject) : endAlarm(tx, subject));
  if (!alarm) return;
  const bad = drawn.filter((each) => isBad(each.status)).map(({ node, status }) => inWords(node, status));
  const note = state === "failing" ? workflowFailing({ id, name }, bad) : workflowHealthy({ id, name });
  const at = new Date().toISOString();
  await notify(tx, clockMs, [owner_id], { happening: `${subject}:${alarm}:${state}`, note, at });
}

async function isBeingDeployed(tx: Transaction<Tables>, workflow_id: string): Promise<boolean> {
  const running = tx
    .selectFrom("runs")
    .select("id")
    .where("workflow_id", "=", workflow_id)
    .where("status", "=", "running");
  return (await running.executeTakeFirst()) !== undefined;
}

function inWords({ id, data }: Workflow["nodes"][number], { message, reason }: NodeStatus): string {
  const name = typeof data.name === "string" && data.name ? data.name : id;
  return `${name}: ${reason ? `${reason}, ` : ""}${message}`;
}
