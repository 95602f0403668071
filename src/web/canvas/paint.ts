import { nameOfNode } from "../../core/relations/node-names.ts";
import { lineOf } from "./edge-words.ts";
import { cardSize } from "./graph.ts";
import { middleEllipsis } from "./names.ts";
import { paintBlocks } from "./paint-blocks.ts";
import { type Colour, isSeen, type Lines, type Pen, type Picture } from "./picture.ts";
import { boundsOf } from "./window.ts";

/** Draws the whole drawing as blocks and lines, with what is wrong standing out. */
export function paint(canvas: HTMLCanvasElement, picture: Picture): void {
  const begun = begin(canvas, picture);
  if (!begun) return;
  paintEdges(...begun);
  paintNodes(...begun);
}

/** The lines alone, for a canvas under that of the blocks: they stay where only a state has changed. */
export function paintLines(canvas: HTMLCanvasElement, picture: Lines): void {
  const begun = begin(canvas, picture);
  if (begun) paintEdges(...begun);
}

export function paintAllButLines(canvas: HTMLCanvasElement, picture: Picture): void {
  const begun = begin(canvas, picture);
  if (begun) paintNodes(...begun);
}

/** An empty canvas, in the drawing's measures. */
function begin<P extends Lines>(canvas: HTMLCanvasElement, picture: P): [Pen, P, Colour] | undefined {
  const { size, viewport } = picture;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(size.width * ratio);
  canvas.height = Math.round(size.height * ratio);
  const pen = canvas.getContext("2d");
  pen?.setTransform(
    ratio * viewport.zoom,
    0,
    0,
    ratio * viewport.zoom,
    viewport.x * ratio,
    viewport.y * ratio,
  );
  return pen ? [pen, picture, colours(canvas)] : undefined;
}

function paintNodes(pen: Pen, picture: Picture, colour: Colour): void {
  paintBlocks(pen, picture, colour);
  paintGhosts(pen, picture, colour);
  const ratio = window.devicePixelRatio || 1;
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

function paintEdges(pen: Pen, picture: Lines, colour: Colour): void {
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
  pen.font = `${Math.round(40 * viewport.zoom)}px "Inter Variable", system-ui, sans-serif`;
  pen.fillStyle = colour("ink");
  for (const node of graph.nodes.values()) {
    const { x, y } = node.position;
    if (isSeen(x, y, picture)) pen.fillText(middleEllipsis(nameOfNode(node), 8), ...onScreen(x + 16, y + 50));
  }
}
