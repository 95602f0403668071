import { nameOfNode } from "../../core/relations/node-names.ts";
import { statusLook } from "../look/status.ts";
import { lineOf } from "./edge-words.ts";
import { cardSize, type Graph } from "./graph.ts";
import { middleEllipsis } from "./names.ts";
import type { Ghost, Overlay } from "./overlay.ts";
import type { Problems } from "./problems.ts";
import type { Seen } from "./statuses.ts";
import { boundsOf, type Viewport } from "./window.ts";

export interface Picture {
  graph: Graph;
  selection: ReadonlySet<string>;
  problems: Problems;
  statuses: ReadonlyMap<string, Seen>;
  /** Whether the statuses may no longer hold. */
  isOld: boolean;
  /** What is said of the nodes instead of how they are. */
  overlay: Overlay | undefined;
  ghosts: readonly Ghost[];
  matches: ReadonlySet<string> | undefined;
  active: string | undefined;
  viewport: Viewport;
  size: { width: number; height: number };
}

type Pen = CanvasRenderingContext2D;

/** Draws the whole drawing as blocks and lines, with what is wrong standing out. */
export function paint(canvas: HTMLCanvasElement, picture: Picture): void {
  const { size, viewport } = picture;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(size.width * ratio);
  canvas.height = Math.round(size.height * ratio);
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const colour = colours(canvas);
  pen.setTransform(
    ratio * viewport.zoom,
    0,
    0,
    ratio * viewport.zoom,
    viewport.x * ratio,
    viewport.y * ratio,
  );
  paintEdges(pen, picture, colour);
  paintBlocks(pen, picture, colour);
  paintGhosts(pen, picture, colour);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintWords(pen, picture, colour);
}

/** The colours of the page, asked for once a picture. */
function colours(canvas: HTMLCanvasElement): (token: string) => string {
  const style = getComputedStyle(canvas);
  const probe = new Map<string, string>();
  return (token) => {
    const known = probe.get(token);
    if (known !== undefined) return known;
    // A custom property reads as it is written; through `color` it is worked out for the present theme.
    canvas.style.color = `var(--${token})`;
    const found = style.color;
    canvas.style.color = "";
    probe.set(token, found);
    return found;
  };
}

type Colour = (token: string) => string;

function isSeen(x: number, y: number, { viewport, size }: Picture): boolean {
  const [left, top] = [x * viewport.zoom + viewport.x, y * viewport.zoom + viewport.y];
  return left > -300 && top > -300 && left < size.width + 300 && top < size.height + 300;
}

function paintEdges(pen: Pen, picture: Picture, colour: Colour): void {
  const { nodes, edges } = picture.graph;
  const byLine = new Map<string, Path2D>();
  for (const edge of edges.values()) {
    const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
    if (!source || !target) continue;
    const [from, to] = [source.position, target.position];
    if (!isSeen(from.x, from.y, picture) && !isSeen(to.x, to.y, picture)) continue;
    const line = lineOf(edge, source, target);
    const path = byLine.get(line) ?? new Path2D();
    path.moveTo(from.x + cardSize.width, from.y + cardSize.height / 2);
    path.lineTo(to.x, to.y + cardSize.height / 2);
    byLine.set(line, path);
  }
  pen.lineWidth = Math.max(2, 1 / picture.viewport.zoom);
  pen.globalAlpha = 0.45;
  for (const [line, path] of byLine) {
    pen.strokeStyle = colour(line === "none" ? "bad" : `edge-${line}`);
    pen.stroke(path);
  }
  pen.globalAlpha = 1;
}

function paintBlocks(pen: Pen, picture: Picture, colour: Colour): void {
  pen.lineWidth = Math.max(2, 1.25 / picture.viewport.zoom);
  for (const [tone, path] of blocksByTone(picture)) paintTone(pen, tone, path, picture.viewport.zoom, colour);
  pen.globalAlpha = 1;
  pen.strokeStyle = colour("accent");
  pen.lineWidth = 3 / picture.viewport.zoom;
  const { graph, selection, active } = picture;
  for (const id of active === undefined ? selection : [...selection, active]) {
    const at = graph.nodes.get(id)?.position;
    if (at) pen.strokeRect(at.x, at.y, cardSize.width, cardSize.height);
  }
}

function paintTone(pen: Pen, tone: string, path: Path2D, zoom: number, colour: Colour): void {
  const isAside = tone === "aside";
  // So far away an outline would be all there is to see.
  const isFar = zoom < 0.12;
  pen.globalAlpha = isAside ? 0.4 : isFar ? 0.55 : 1;
  pen.fillStyle = colour(isAside ? "sunken" : isFar ? tone : `${tone}-soft`);
  pen.fill(path);
  if (isFar) return;
  pen.strokeStyle = colour(isAside ? "line" : tone);
  pen.stroke(path);
}

/** One path a colour: thousands of blocks are drawn in a handful of strokes. */
function blocksByTone(picture: Picture): Map<string, Path2D> {
  const { graph, matches } = picture;
  const byTone = new Map<string, Path2D>();
  for (const { id, position } of graph.nodes.values()) {
    if (!isSeen(position.x, position.y, picture)) continue;
    const isAside = matches !== undefined && !matches.has(id);
    const key = isAside ? "aside" : toneOf(picture, id);
    const path = byTone.get(key) ?? new Path2D();
    path.roundRect(position.x, position.y, cardSize.width, cardSize.height, 12);
    byTone.set(key, path);
  }
  return byTone;
}

function toneOf({ overlay, statuses, isOld }: Picture, id: string): string {
  if (overlay) {
    const said = overlay.nodes.get(id);
    return said && !said.isDimmed ? said.tone : "aside";
  }
  const seen = statuses.get(id);
  return seen ? statusLook(isOld ? "unknown" : seen.status.state).tone : "idle";
}

/** The places of nodes that are not in the drawing. */
function paintGhosts(pen: Pen, { ghosts, viewport }: Picture, colour: Colour): void {
  pen.lineWidth = Math.max(2, 1.25 / viewport.zoom);
  pen.setLineDash([12, 8]);
  for (const { node, tone } of ghosts) {
    pen.strokeStyle = colour(tone);
    pen.strokeRect(node.position.x, node.position.y, cardSize.width, cardSize.height);
  }
  pen.setLineDash([]);
}

/** Titles and beacons have one size however far away the drawing is. */
function paintWords(pen: Pen, picture: Picture, colour: Colour): void {
  const { graph, problems, viewport } = picture;
  const onScreen = (x: number, y: number) =>
    [x * viewport.zoom + viewport.x, y * viewport.zoom + viewport.y] as const;
  pen.font = '600 13px "Inter Variable", system-ui, sans-serif';
  pen.fillStyle = colour("ink");
  for (const { title, node_ids } of graph.extras.groups) {
    const bounds = boundsOf(node_ids.flatMap((id) => graph.nodes.get(id) ?? []));
    if (bounds) pen.fillText(title, ...onScreen(bounds.left, bounds.top - 24 / viewport.zoom));
  }
  if (viewport.zoom >= 0.2) paintNames(pen, picture, colour, onScreen);
  pen.fillStyle = colour("bad");
  for (const [id, list] of problems.byNode) {
    const at = graph.nodes.get(id)?.position;
    if (!at || !list.some(({ severity }) => severity === "error") || !isSeen(at.x, at.y, picture)) continue;
    pen.beginPath();
    pen.arc(...onScreen(at.x + cardSize.width, at.y), 4, 0, Math.PI * 2);
    pen.fill();
  }
}

function paintNames(
  pen: Pen,
  picture: Picture,
  colour: Colour,
  onScreen: (x: number, y: number) => readonly [number, number],
): void {
  const { graph, viewport } = picture;
  pen.font = `${Math.round(44 * viewport.zoom)}px "Inter Variable", system-ui, sans-serif`;
  pen.fillStyle = colour("ink");
  for (const node of graph.nodes.values()) {
    const { x, y } = node.position;
    if (isSeen(x, y, picture)) pen.fillText(middleEllipsis(nameOfNode(node), 8), ...onScreen(x + 16, y + 50));
  }
}
