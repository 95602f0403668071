import type { Client } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import type { Workflow } from "../../src/contract/workflows.ts";
import { eventually } from "../support/eventually.ts";
import type { Ledger } from "./invariants.ts";

type Statuses = Map<string, unknown>;

const arriveMs = 30_000;

/** Follows workflows as a canvas does, through whatever happens to the server, and knows what it was told. */
export function followStatuses(client: Client, ids: readonly string[]) {
  const leaving = new AbortController();
  const told = new Map<string, Statuses>(ids.map((id) => [id, new Map()]));
  const following = ids.map(follow);

  async function follow(id: string): Promise<void> {
    const events = client.follow(api.followWorkflow, { params: { id } }, leaving.signal);
    for await (const event of events) {
      if (event.name === "metadata") told.set(id, statusesIn(event.data.nodes));
      if (event.name === "node_update") {
        const { node_id, status } = event.data.data;
        told.get(id)?.set(node_id, status);
      }
    }
  }

  return {
    /** Once nothing changes any more, what was told is what is stored. */
    async judge(ledger: Ledger): Promise<void> {
      for (const id of ids) {
        const agree = async () => {
          const { nodes } = await client.call(api.getWorkflow, { params: { id } });
          return textOf(statusesIn(nodes)) === textOf(told.get(id) ?? new Map());
        };
        const agreed = await eventually(agree, arriveMs).catch(() => false);
        ledger.hold("streams", agreed === true, () => `${id}: ${textOf(told.get(id) ?? new Map())}`);
      }
    },

    async leave(): Promise<void> {
      leaving.abort();
      await Promise.all(following);
    },
  };
}

function statusesIn(nodes: Workflow["nodes"]): Statuses {
  const known = nodes.flatMap(({ id, data }) => {
    const { _status } = data as { _status?: unknown };
    return _status === undefined ? [] : [[id, _status] as const];
  });
  return new Map(known);
}

/** Alike for what is alike, in whatever order it was told. */
function textOf(statuses: Statuses): string {
  return JSON.stringify([...statuses].toSorted(([a], [b]) => a.localeCompare(b)));
}
