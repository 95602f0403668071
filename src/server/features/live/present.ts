import type { api } from "../../../contract/api.ts";
import type { NodeStatus } from "../../../contract/health.ts";
import type { EventOf } from "../../../contract/operation.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import { isReady, toState } from "../../events/run-events.ts";
import type { LiveRun } from "../../storage/live-runs.ts";
import type { Followed, TopicNeeds } from "./topics.ts";

export type LiveEvent = EventOf<typeof api.followEvents>;

/** How things stand with what somebody follows; nothing of what has gone meanwhile. */
export async function presentOf(
  needs: TopicNeeds,
  followed: readonly Followed[],
  user_id: string,
): Promise<LiveEvent[]> {
  const all: LiveEvent[] = [];
  for (const { sort, id } of followed) all.push(...(await present[sort](needs, id, user_id)));
  return all;
}

type Present = (needs: TopicNeeds, id: string, user_id: string) => Promise<LiveEvent[]>;

const present: Record<Followed["sort"], Present> = {
  async me({ liveRuns }, _id, user_id) {
    const running = await liveRuns.running(user_id);
    return Promise.all(running.map((run) => stateOf(liveRuns, run)));
  },

  async workflow({ workflows, liveRuns }, workflow_id, user_id) {
    const text = await workflows.findOwned(workflow_id, user_id);
    if (!text) return [];
    const { nodes, last_run } = fromJsonText(text);
    const told = nodes.flatMap(({ id: node_id, data }): LiveEvent[] => {
      // Stored by us alone, whatever clients send.
      const status = data._status as NodeStatus | undefined;
      return status ? [{ name: "node.status", data: { workflow_id, node_id, status } }] : [];
    });
    const run = last_run && (await liveRuns.findOwned(last_run.id, user_id));
    return run ? [...told, await stateOf(liveRuns, run)] : told;
  },

  async run({ liveRuns }, run_id, user_id) {
    const run = await liveRuns.findOwned(run_id, user_id);
    if (!run) return [];
    const nodes = await liveRuns.nodesOf(run_id);
    const told = nodes.map(
      ({ node_id, node }): LiveEvent => ({ name: "run.node", data: { run_id, node_id, ...toState(node) } }),
    );
    return [...told, await stateOf(liveRuns, run)];
  },

  // Whoever is the first to look is told by the watch that begins with them.
  async resource({ live }, resource_id) {
    const data = live.latestOf(resource_id);
    return data ? [{ name: "resource.status", data }] : [];
  },
};

async function stateOf(liveRuns: TopicNeeds["liveRuns"], run: LiveRun): Promise<LiveEvent> {
  const { id: run_id, workflow_id, version, status, outcome, plan } = run;
  const nodes = await liveRuns.nodesOf(run_id);
  const done = nodes.filter(({ node }) => isReady(node)).length;
  const total = plan ? fromJsonText(plan).nodes.length : nodes.length;
  const state = { workflow_id, run_id, version, status, ...(outcome && { outcome }) };
  return { name: "run.state", data: { ...state, done, total } };
}
