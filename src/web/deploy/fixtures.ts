import type { Design } from "../../contract/design.ts";
import type { Plan, PlannedObject } from "../../contract/plan.ts";
import type { Evidence, RunRecord } from "../../contract/runs.ts";

const at = { x: 0, y: 0 };

/** A drawing of a job, a server that waits for it, and its door. */
export const shop: Design = {
  nodes: [
    { id: "m", type: "job", position: at, data: { name: "migrate" } },
    { id: "a", type: "deployment", position: at, data: { name: "api" } },
    { id: "s", type: "service", position: at, data: { name: "door" } },
  ],
  edges: [{ id: "e", source: "m", target: "a", type: "dependency" }],
};

export function planned(kind: string, name: string, more: Partial<PlannedObject> = {}): PlannedObject {
  const group = kind === "Deployment" ? "apps" : kind === "Job" ? "batch" : "";
  return {
    key: `${group}/${kind}/shop/${name}`,
    kind,
    name,
    namespace: "shop",
    action: "none",
    fields: [],
    ...more,
  };
}

export function planOf(more: Partial<Plan> = {}): Plan {
  const plan: Plan = {
    plan_hash: "h",
    revision: 1,
    intent: "deploy",
    cluster: "sandbox",
    namespace: "shop",
    made_at: "2026-01-01T00:00:00Z",
    counts: { create: 0, update: 0, delete: 0, keep: 0, none: 0 },
    order: ["m", "a", "s"],
    nodes: [
      {
        node_id: "s",
        action: "none",
        waits_for: [],
        needs_values: [],
        objects: [planned("Service", "door")],
      },
      {
        node_id: "a",
        action: "update",
        waits_for: [{ node_id: "m", condition: "completed" }],
        needs_values: [],
        objects: [
          planned("Deployment", "api", {
            action: "update",
            fields: [{ path: "/spec/template/spec/containers/0/image", from: "api:1", to: "api:2" }],
          }),
        ],
      },
      {
        node_id: "m",
        action: "update",
        waits_for: [],
        needs_values: [],
        objects: [planned("Job", "migrate", { action: "update", replace: true })],
      },
    ],
    removed: [],
    namespaces: [],
    warnings: [],
    restarts: [],
    confirm: { level: 0 },
    ...more,
  };
  for (const { action } of [...plan.nodes.flatMap(({ objects }) => objects), ...plan.removed])
    plan.counts[action] += 1;
  return plan;
}

export function seen(entry: Evidence, at: string): RunRecord["evidence"][number] {
  return { at, ...entry };
}

export function recordOf(more: Partial<RunRecord> = {}): RunRecord {
  return {
    id: "r",
    workflow_id: "w",
    version: 13,
    status: "running",
    cluster: "sandbox",
    namespace: "shop",
    started_at: "2026-01-01T00:00:00.000Z",
    duration: 0,
    node_states: {},
    output: {},
    logs: [],
    warnings: [],
    on_failure: "rollback",
    intent: "deploy",
    triggered_by: "manual",
    trigger_data: { user_id: "u" },
    plan: planOf(),
    by: { id: "u", name: "Ana" },
    nodes: [],
    evidence: [],
    log: [],
    ...more,
  };
}
