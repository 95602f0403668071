import type { NewWorkflow, Workflow } from "../../../contract/workflows.ts";
import { type JsonText, toJsonText } from "../../../core/json-text.ts";
import { invalid, notFound } from "../../../core/problem.ts";
import { stacks } from "../../../core/templates/stacks.ts";
import type { WorkflowStore } from "../../storage/workflows.ts";
import type { Head } from "../../storage/workflows-drawing.ts";
import { drawingOf } from "./drawing-of.ts";

export interface NewWorkflowNeeds {
  workflows: Pick<WorkflowStore, "insert" | "findOwned">;
  newId(): string;
  now(): Date;
}

/** The answer to a creation: the workflow itself, and beside it the same as existing clients look for it. */
type Made = Workflow & { message: string; workflow: Workflow };

export async function createWorkflow(
  needs: NewWorkflowNeeds,
  owner_id: string,
  asked: NewWorkflow,
  message = "Workflow created successfully",
): Promise<JsonText<Made>> {
  const given = asked.stack === undefined ? asked : { ...stackNamed(asked.stack), ...asked };
  const { name, description = "", cluster_id = "", tags = [] } = given;
  const drawing = drawingOf(given);
  const at = needs.now().toISOString();
  const head: Head = {
    id: needs.newId(),
    name,
    description,
    cluster_id,
    status: "draft",
    tags,
    revision: 1,
    current_version: 1,
    node_count: 0,
    owner_id,
    team_id: "",
    run_count: 0,
    success_count: 0,
    failure_count: 0,
    created_at: at,
    updated_at: at,
  };
  const document = await needs.workflows.insert(head, drawing);
  return `${document.slice(0, -1)},"message":${toJsonText(message)},"workflow":${document}}` as JsonText<Made>;
}

function stackNamed(id: string): Pick<NewWorkflow, "description" | "nodes" | "edges" | "canvas"> {
  const stack = stacks.find((each) => each.id === id);
  const details = [{ path: "/stack", message: `must be one of ${stacks.map((each) => each.id).join(", ")}` }];
  if (!stack) throw invalid("There is no such stack", details);
  const { description, nodes, edges, canvas } = stack;
  return { description, nodes, edges, canvas };
}

/** The drawing alone: runs, versions and values stay with the original. */
export async function cloneWorkflow(
  needs: NewWorkflowNeeds,
  owner_id: string,
  id: string,
  name: string | undefined,
): Promise<JsonText<Made>> {
  const text = await needs.workflows.findOwned(id, owner_id);
  if (!text) throw notFound("Workflow");
  const original = JSON.parse(text) as Workflow;
  const { description, cluster_id, tags, nodes, edges, canvas } = original;
  const copied = { cluster_id, tags, nodes, edges, ...(canvas && { canvas }) };
  const named = { name: name ?? `${original.name} (copy)`, description: `${description} (Cloned)`.trim() };
  return createWorkflow(needs, owner_id, { ...copied, ...named }, "Workflow cloned successfully");
}
