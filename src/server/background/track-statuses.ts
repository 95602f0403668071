import type { NodeStatus } from "../../contract/health.ts";
import { type Grant, reaches } from "../../core/access/grant.ts";
import type { KubernetesObject } from "../../core/kubernetes-object.ts";
import type { WorkflowEvents } from "../events/workflow-events.ts";
import type { GrantStore } from "../storage/grants.ts";
import type { NodeStatusStore } from "../storage/node-statuses.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { Place } from "./object-index.ts";

interface TrackNeeds {
  nodeStatuses: NodeStatusStore;
  events: WorkflowEvents;
  grants: Pick<GrantStore, "ofWorkflow">;
  report(error: unknown): void;
}

/** However many nodes change, a workflow's document is rendered once in this time. */
const windowMs = 200;

/** Keeps the statuses of drawn nodes true to what a view sees of their objects, and tells who is looking. */
export function trackStatuses(
  { nodeStatuses, events, grants, report }: TrackNeeds,
  view: ClusterView,
  cluster_id: string,
) {
  const dirty = new Map<string, Set<string>>();
  /** Of which nodes the main object has been seen. */
  const met = new Set<string>();
  /** Set until all that was noted is saved: of two saves at a time the earlier might be the last. */
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  function note(workflow_id: string, node_id: string): void {
    dirty.set(workflow_id, (dirty.get(workflow_id) ?? new Set()).add(node_id));
    timer ??= setTimeout(flush, windowMs);
  }

  async function flush(): Promise<void> {
    const batch = [...dirty];
    dirty.clear();
    for (const [workflow_id, node_ids] of batch) await save(workflow_id, node_ids).catch(report);
    timer = dirty.size > 0 && !isOver ? setTimeout(flush, windowMs) : undefined;
  }

  async function save(workflow_id: string, node_ids: ReadonlySet<string>): Promise<void> {
    // Whoever was given a cluster no longer, is told no more of it.
    const grant = await grants.ofWorkflow(workflow_id, cluster_id);
    if (!grant) return;
    const statuses = new Map<string, NodeStatus>();
    for (const node_id of node_ids) {
      const status = statusOf({ workflow_id, node_id }, grant);
      if (status) statuses.set(node_id, status);
    }
    // Most of what a cluster says changes nothing, and then nothing is written and nobody is told.
    for (const { node_id, type, status } of await nodeStatuses.saveMany(workflow_id, statuses))
      events.nodeChanged(workflow_id, { node_id, type, status });
  }

  /** Undefined when nothing can be said of a node, or not to those the grant is for. */
  function statusOf(place: Place, grant: Grant): NodeStatus | undefined {
    const main = mainOf(view, place);
    const key = `${place.workflow_id}/${place.node_id}`;
    if (!main) {
      // Each kind is told of by itself: what controllers made of an object may be seen before it is.
      return met.delete(key) || !view.hasDerived(place) ? missing : undefined;
    }
    met.add(key);
    return reaches(grant, main.metadata.namespace ?? "") ? view.assess(main).status : undefined;
  }

  const leave = view.join(({ workflow_id, node_id }) => note(workflow_id, node_id));
  for (const { workflow_id, node_id } of view.places()) note(workflow_id, node_id);

  return {
    stop(): void {
      leave();
      isOver = true;
      clearTimeout(timer);
    },
  };
}

/** A node's main object is the one it is named after; what else it needs, such as a governing service, goes along. */
const companions = new Set(["Secret", "Service", "PersistentVolumeClaim", "ConfigMap"]);

function mainOf(view: ClusterView, place: Place): KubernetesObject | undefined {
  const [main] = view.objectsOf(place).toSorted((a, b) => rank(a) - rank(b));
  return main;
}

const missing: NodeStatus = { state: "missing", message: "Deleted from the cluster" };

function rank({ kind }: KubernetesObject): number {
  return companions.has(kind) ? 1 : 0;
}
