import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import type { NodeStatus } from "../../contract/health.ts";
import type { Workflow } from "../../contract/workflows.ts";
import type { JsonSource, Place } from "../../core/json-outline.ts";
import { type JsonText, toJsonText } from "../../core/json-text.ts";

/** A node as it is stored, but for its status. */
export interface NodeText {
  id: string;
  text: string;
}

/** The parts of a drawing that are given, picked and written out, so that nothing is left to do inside `write`. */
export interface Drawing {
  nodes?: NodeText[] | undefined;
  edges?: string | undefined;
  canvas?: string | undefined;
}

/** All a workflow has but its drawing: what a list shows. */
export type Head = Omit<Workflow, "nodes" | "edges" | "canvas">;

interface Given {
  nodes?: readonly DesignNode[] | undefined;
  edges?: readonly DesignEdge[] | undefined;
  canvas?: Record<string, unknown> | undefined;
}

export type Statuses = ReadonlyMap<string, JsonText<NodeStatus>>;

/**
 * Picks what is kept of a drawing: what the server knows of a node, and what a canvas remembers of it, is not. Where
 * that is all that was sent, its text is taken as it came: most of what is saved need not be written again.
 */
export function toDrawing({ nodes, edges, canvas }: Given, source?: JsonSource): Drawing {
  const sent = source?.outline.isPlain ? source : undefined;
  const places = placesIn(sent, "nodes", nodes);
  return {
    nodes: nodes?.map((node, at) => ({
      id: node.id,
      text: textSent(node, sent, places?.[at]) ?? nodeText(node),
    })),
    edges: edges && edgesText(edges, sent),
    canvas: canvas && JSON.stringify(canvas),
  };
}

/** The end of a workflow's document, from its nodes on. */
export function tailOf(nodes: string, edges: string, canvas: string | null): string {
  const ending = canvas === null ? "}" : `,"canvas":${canvas}}`;
  return `,"nodes":${nodes},"edges":${edges}${ending}`;
}

export function nodesText(nodes: readonly NodeText[], statuses: Statuses): string {
  return `[${nodes.map((node) => withStatus(node, statuses.get(node.id))).join(",")}]`;
}

/** A workflow's head as it is stored, its keys in the contract's order whoever made it. */
export function headText(head: Head): JsonText<Head> {
  const { id, name, description, cluster_id, status, tags, revision, current_version, node_count } = head;
  const {
    pending_changes,
    health,
    saved_by,
    deployed_version,
    last_run,
    owner_id,
    team_id,
    run_count,
    success_count,
    failure_count,
  } = head;
  const { last_run_at, created_at, updated_at } = head;
  const drawn = { id, name, description, cluster_id, status, tags, revision, current_version, node_count };
  const counted = { owner_id, team_id, run_count, success_count, failure_count };
  const run = { deployed_version, pending_changes, last_run, health, saved_by };
  return toJsonText({ ...drawn, ...run, ...counted, last_run_at, created_at, updated_at } as Head);
}

export function documentText(head: JsonText<Head>, tail: string): JsonText<Workflow> {
  return (head.slice(0, -1) + tail) as JsonText<Workflow>;
}

/** What a document has after its head. */
export function tailIn(document: JsonText<Workflow>, head: JsonText<Head>): string {
  return document.slice(head.length - 1);
}

const workloads = new Set(["deployment", "statefulset", "daemonset", "job", "cronjob", "pod"]);

/** Where the elements of a list are in the text they came in. */
function placesIn(sent: JsonSource | undefined, name: string, elements: readonly unknown[] | undefined) {
  const places = sent?.outline.arrays.get(name);
  return places && places.length === elements?.length ? places : undefined;
}

/** A node as it came, if that is how it is kept: with these four members, `data` last, and nothing in them to be changed. */
function textSent(
  node: DesignNode,
  sent: JsonSource | undefined,
  place: Place | undefined,
): string | undefined {
  if (!sent || place?.members !== 4 || lastKeyOf(node) !== "data" || countOf(node.position) !== 2)
    return undefined;
  return isAsKept(node.type, node.data) ? sent.text.slice(place.start, place.end) : undefined;
}

function lastKeyOf(value: object): string {
  let last = "";
  for (const key in value) last = key;
  return last;
}

function countOf(value: object): number {
  let count = 0;
  for (const _ in value) count += 1;
  return count;
}

function nodeText({ id, type, position: { x, y }, data }: DesignNode): string {
  return JSON.stringify({
    id,
    type,
    position: { x, y },
    data: isAsKept(type, data) ? data : keptData(type, data),
  });
}

/** Most data is kept as it came, and then copying it would cost more than writing it. */
function isAsKept(type: string, data: Record<string, unknown>): boolean {
  return (
    !(Object.hasOwn(data, "_status") || Object.hasOwn(data, "_secretCreated")) &&
    isTrim(data, "name") &&
    isTrim(data, "namespace") &&
    (!workloads.has(type) || isTrim(data, "image"))
  );
}

function isTrim(data: Record<string, unknown>, key: string): boolean {
  const value = data[key];
  return typeof value !== "string" || value === value.trim();
}

function keptData(type: string, data: Record<string, unknown>): Record<string, unknown> {
  const { _status, _secretCreated, ...kept } = data;
  for (const key of ["name", "namespace", "image"]) {
    const value = kept[key];
    const isTrimmed = key !== "image" || workloads.has(type);
    if (isTrimmed && typeof value === "string") kept[key] = value.trim();
  }
  return kept;
}

function edgesText(edges: readonly DesignEdge[], sent: JsonSource | undefined): string {
  if (edges.some(isMarked)) return JSON.stringify(edges.map(pickEdge));
  const places = placesIn(sent, "edges", edges);
  const [first, last] = [places?.[0], places?.at(-1)];
  if (!sent || !first || !last) return JSON.stringify(edges);
  return `[${sent.text.slice(first.start, last.end)}]`;
}

/** What React Flow keeps on edges for itself. */
interface Marks {
  selected?: unknown;
  dragging?: unknown;
  measured?: unknown;
  width?: unknown;
  height?: unknown;
  positionAbsolute?: unknown;
}

// Spelled out, since it is asked of every edge of every save.
function isMarked({ selected, dragging, measured, width, height, positionAbsolute }: DesignEdge & Marks) {
  if (selected !== undefined || dragging !== undefined || measured !== undefined) return true;
  return width !== undefined || height !== undefined || positionAbsolute !== undefined;
}

function pickEdge(edge: DesignEdge & Marks): Record<string, unknown> {
  const { selected, dragging, measured, width, height, positionAbsolute, ...kept } = edge;
  return kept;
}

/** The status goes last into `data`, which is last in the node: text is put into text, and nothing is parsed. */
function withStatus({ text }: NodeText, status: JsonText<NodeStatus> | undefined): string {
  if (status === undefined) return text;
  const comma = text.endsWith('"data":{}}') ? "" : ",";
  return `${text.slice(0, -2)}${comma}"_status":${status}}}`;
}
