import type { api } from "../../../contract/api.ts";
import type { NodeStatus } from "../../../contract/health.ts";
import type { EventOf } from "../../../contract/operation.ts";
import type { NodeRun } from "../../../contract/runs.ts";
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
  async me(needs, _id, user_id) {
    const running = await needs.liveRuns.running(user_id);
    return Promise.all(running.map(async (run) => stateOf(run, await nodesOf(needs, run.id))));
  },

  async workflow(needs, workflow_id, user_id) {
    const { workflows, liveRuns } = needs;
    const text = await workflows.findOwned(workflow_id, user_id);
    if (!text) return [];
    const { nodes, last_run } = fromJsonText(text);
    const told = nodes.flatMap(({ id: node_id, data }): LiveEvent[] => {
      // Stored by us alone, whatever clients send.
      const status = data._status as NodeStatus | undefined;
      return status ? [{ name: "node.status", data: { workflow_id, node_id, status } }] : [];
    });
    const run = last_run && (await liveRuns.findOwned(last_run.id, user_id));
    return run ? [...told, stateOf(run, await nodesOf(needs, run.id))] : told;
  },

  async run(needs, run_id, user_id) {
    const run = await needs.liveRuns.findOwned(run_id, user_id);
    if (!run) return [];
    const nodes = await nodesOf(needs, run_id);
    const told = Array.from(
      nodes,
      ([node_id, node]): LiveEvent => ({ name: "run.node", data: { run_id, node_id, ...toState(node) } }),
    );
    return [...told, stateOf(run, nodes)];
  },

  // Whoever is the first to look is told by the watch that begins with them.
  async resource({ live }, resource_id) {
    const data = live.latestOf(resource_id);
    return data ? [{ name: "resource.status", data }] : [];
  },
};

async function nodesOf({ liveRuns, runEvents }: TopicNeeds, run_id: string): Promise<Map<string, NodeRun>> {
  const nodes = new Map((await liveRuns.nodesOf(run_id)).map(({ node_id, node }) => [node_id, node]));
  for (const [node_id, node] of runEvents.latestOf(run_id)) nodes.set(node_id, node);
  return nodes;
}

function stateOf(run: LiveRun, nodes: ReadonlyMap<string, NodeRun>): LiveEvent {
  const { id: run_id, workflow_id, version, status, outcome, plan } = run;
  const done = [...nodes.values()].filter(isReady).length;
  const total = plan ? fromJsonText(plan).nodes.length : nodes.size;
  const state = { workflow_id, run_id, version, status, ...(outcome && { outcome }) };
  return { name: "run.state", data: { ...state, done, total } };
}
