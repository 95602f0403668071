import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { DesignNode } from "../../contract/design.ts";
import type { NodeStatus } from "../../contract/health.ts";
import type { Away } from "../live/away-of.ts";

/** A status, and when it was heard of, by the clock of this page. */
export interface Seen {
  status: NodeStatus;
  at: number;
}

type Statuses = ReadonlyMap<string, Seen>;

/** How nodes are doing, apart from the drawing: a change redraws one pill, and hundreds at once are applied in one go. */
export interface StatusStore extends StoreApi<Statuses> {
  hear(nodeId: string, status: NodeStatus): void;
  /**
   * Forgets what was known and begins with this, but for what was heard since it was asked for (milliseconds since
   * 1970), which the answer may be older than.
   */
  replace(statuses: Iterable<readonly [string, NodeStatus]>, askedAt?: number): void;
}

export function createStatusStore(
  nextFrame: (apply: () => void) => void = (apply) => requestAnimationFrame(apply),
): StatusStore {
  const store = createStore<Statuses>()(() => new Map());
  const heard = new Map<string, Seen>();
  const apply = () => {
    if (heard.size === 0) return;
    const next = new Map(store.getState());
    for (const [id, seen] of heard) next.set(id, seen);
    store.setState(next, true);
    heard.clear();
  };
  return Object.assign(store, {
    hear(nodeId: string, status: NodeStatus) {
      if (heard.size === 0) nextFrame(apply);
      heard.set(nodeId, { status, at: Date.now() });
    },
    replace(statuses: Iterable<readonly [string, NodeStatus]>, askedAt = Number.POSITIVE_INFINITY) {
      const at = Date.now();
      const next = new Map<string, Seen>([...statuses].map(([id, status]) => [id, { status, at }]));
      for (const [id, seen] of [...store.getState(), ...heard]) if (seen.at >= askedAt) next.set(id, seen);
      heard.clear();
      store.setState(next, true);
    },
  });
}

/** What the server said of the nodes when the workflow was read. */
export function statusesIn(nodes: readonly DesignNode[]): [string, NodeStatus][] {
  return nodes.flatMap(({ id, data }): [string, NodeStatus][] => {
    const status = data?._status as Partial<NodeStatus> | undefined;
    return typeof status?.state === "string" ? [[id, { message: "", ...status } as NodeStatus]] : [];
  });
}

export const StatusContext = createContext<StatusStore>(createStatusStore(() => undefined));

/** The cluster that the statuses are of, while it is away. */
export const AwayContext = createContext<Away | undefined>(undefined);

export function useNodeStatus(nodeId: string): Seen | undefined {
  return useStore(useContext(StatusContext), (statuses) => statuses.get(nodeId));
}
