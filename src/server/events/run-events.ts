import type { RunLog } from "../../contract/live.ts";
import type { NodeRun, RunUpdate } from "../../contract/runs.ts";
import type { Hub } from "./hub.ts";
import type { UserEvents } from "./user-events.ts";
import type { WorkflowEvents } from "./workflow-events.ts";

interface RunEventNeeds {
  hub: Pick<Hub, "find">;
  events: Pick<WorkflowEvents, "runChanged" | "runEnded">;
  users: Pick<UserEvents, "runState">;
}

export interface ToldRun {
  id: string;
  workflow_id: string;
  owner_id: string;
  version: number;
}

type Ending = Pick<RunUpdate, "status" | "outcome" | "message" | "error">;

export type RunEvents = ReturnType<typeof createRunEvents>;

/** What may be said of runs: to who follows the workflow, the run itself, or only is whose it is. */
export function createRunEvents({ hub, events, users }: RunEventNeeds) {
  const going = new Map<string, Map<string, NodeRun>>();

  return {
    /** What was said last of the nodes of a run that goes on here; the database hears of it a moment later. */
    latestOf: (run_id: string): ReadonlyMap<string, NodeRun> => going.get(run_id) ?? new Map(),

    /** How to tell of one run from where it begins, or is taken up. */
    of(run: ToldRun) {
      const run_id = run.id;
      const ready = new Set<string>();
      const latest = new Map<string, NodeRun>();
      going.set(run_id, latest);
      let total = 0;
      const update = { run_id, status: "running" as const, version: run.version, message: "Deploying" };
      const say = (name: string, data: object, key?: string) =>
        hub.find(runKey(run_id))?.say({ name, data, ...(key && { key }) });

      function sayState({ status, outcome }: Pick<RunUpdate, "status" | "outcome">): void {
        const { workflow_id, owner_id, version } = run;
        const state = { workflow_id, run_id, version, status, ...(outcome && { outcome }) };
        users.runState(owner_id, { ...state, done: ready.size, total });
      }

      return {
        began(nodes: number): void {
          total = nodes;
          sayState(update);
        },

        logged(line: Omit<RunLog, "run_id">, shown: string): void {
          const { text: message, node_id } = line;
          events.runChanged(run.workflow_id, { ...update, message, log: shown, ...(node_id && { node_id }) });
          say("run.log", { run_id, ...line });
        },

        node(node_id: string, node: NodeRun): void {
          const message = node.message ?? node.status;
          latest.set(node_id, node);
          events.runChanged(run.workflow_id, { ...update, message, node_id, node });
          say("run.node", { run_id, node_id, ...toState(node) }, `node:${node_id}`);
          if (isReady(node)) ready.add(node_id);
          else ready.delete(node_id);
          sayState(update);
        },

        ended(ending: Ending): void {
          going.delete(run_id);
          events.runEnded(run.workflow_id, { ...update, ...ending });
          sayState(ending);
        },
      };
    },
  };
}

/** A node of a run as the one stream of a tab tells of it. */
export function toState({ status, message, reason, waits_for = [], timestamp }: NodeRun) {
  const waiting_for = status === "waiting" ? waits_for.join(", ") || message : undefined;
  return {
    state: status,
    ...(waiting_for && { waiting_for }),
    ...(reason && { reason }),
    ...(message && { message }),
    at: new Date(timestamp * 1_000).toISOString(),
  };
}

export function isReady({ status }: NodeRun): boolean {
  return status === "completed" || status === "warning";
}

function runKey(run_id: string): string {
  return `run:${run_id}`;
}
