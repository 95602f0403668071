import { createStore, type StoreApi } from "zustand/vanilla";
import { ApiError } from "../../client/api-error.ts";
import { api } from "../../contract/api.ts";
import type { Workflow } from "../../contract/workflows.ts";
import { queries, queryOf } from "../api.ts";
import { timeOf } from "../parts/when-text.ts";
import { client } from "../session.ts";
import { Autosave, type SaveState, type Sent, type Stored } from "./autosave.ts";
import { type BoardStore, createBoardStore } from "./board-store.ts";
import { keepDraft, readDraft } from "./device-store.ts";
import { type Drawing, graphOf } from "./graph.ts";
import { createGraphStore, type GraphStore } from "./graph-store.ts";
import { isSameGraph } from "./same-graph.ts";
import { createStatusStore, type StatusStore, statusesIn } from "./statuses.ts";

interface Saving {
  state: SaveState;
  /** How many things of others have been taken in. */
  merged: number;
  /** A conflict is open, and somebody will decide it later. */
  isPutOff: boolean;
}

/** A workflow being edited in this tab, with all that must outlive the pages that show it. */
export interface Draft {
  graph: GraphStore;
  board: BoardStore;
  statuses: StatusStore;
  autosave: Autosave;
  saving: StoreApi<Saving>;
}

const drafts = new Map<string, Promise<Draft>>();

/** The draft of a workflow: as it is edited in this tab, else as it was left on this device, else as it is stored. */
export function draftOf(workflow: Workflow, userId: string): Promise<Draft> {
  const key = `${userId}/${workflow.id}`;
  const known = drafts.get(key);
  if (known) return known;
  const opened = openDraft(workflow, userId);
  drafts.set(key, opened);
  return opened;
}

/** Sends what is not sent yet; what deploys has to see what is drawn. */
export async function flushDraft(workflowId: string, userId: string): Promise<SaveState | undefined> {
  return (await drafts.get(`${userId}/${workflowId}`))?.autosave.flush();
}

async function openDraft(workflow: Workflow, userId: string): Promise<Draft> {
  const current = storedOf(workflow);
  const kept = await readDraft(userId, workflow.id);
  // Saved from here, but closed before the answer came: what it was before can be had back all the same.
  const isSaved = kept !== undefined && isSameGraph(kept.graph, graphOf(current.drawing));
  const base = kept && !isSaved ? kept.stored : current;
  const isSameBase = base.revision === current.revision;
  const graph = createGraphStore({
    workflowId: workflow.id,
    graph: kept?.graph ?? graphOf(current.drawing),
    ...(kept && isSameBase && { past: kept.past, future: kept.future }),
    lock: lockOf(workflow),
  });
  const savedAt = timeOf(workflow.updated_at);
  const saving = createStore<Saving>()(() => ({
    state: { kind: "saved", at: savedAt },
    merged: 0,
    isPutOff: false,
  }));
  const needs = {
    graph,
    send: (drawing: Required<Drawing>, revision: number) => send(workflow.id, drawing, revision),
    keep: (stored: Stored, now: ReturnType<typeof graphOf>) => {
      const { past, future } = graph.getState();
      return keepDraft(userId, workflow.id, { stored, graph: now, past, future });
    },
    tell: (state: SaveState) => saving.setState({ state, isPutOff: false }),
    onMerged: (count: number) => saving.setState(({ merged }) => ({ merged: merged + count })),
  };
  const autosave = new Autosave(needs, base, savedAt);
  if (!isSameBase) autosave.receive(current);
  const statuses = createStatusStore();
  statuses.replace(statusesIn(workflow.nodes));
  return { graph, board: createBoardStore(), statuses, autosave, saving };
}

export function storedOf({ revision, nodes, edges, canvas }: Workflow): Stored {
  const bare = nodes.map(({ data: { _status, ...data }, ...node }) => ({ ...node, data }));
  return {
    revision,
    drawing: { nodes: bare, edges, canvas: { groups: [], notes: [], placed: [], ...canvas } },
  };
}

export function lockOf({ status }: Pick<Workflow, "status">): string | undefined {
  return status === "archived" ? "This workflow is archived. Unarchive it to edit." : undefined;
}

async function send(id: string, drawing: Required<Drawing>, revision: number): Promise<Sent> {
  try {
    const { workflow } = await client.call(api.saveWorkflow, {
      params: { id },
      body: { ...drawing, revision },
    });
    queries.setQueryData(queryOf(api.getWorkflow, { params: { id } }).queryKey, workflow);
    return { kind: "saved", revision: workflow.revision };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 409 && error.workflow)
      return { kind: "stale", current: storedOf(error.workflow as Workflow) };
    const isPassing =
      error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500;
    if (isPassing) return { kind: "offline" };
    const details = error.details.map(({ message }) => message);
    return { kind: "refused", reason: [error.message, ...details].join(". ") };
  }
}
