import type { Point } from "../../core/layout/free-spot.ts";
import { statusLook } from "../look/status.ts";
import { cardSize } from "./graph.ts";
import { type Colour, isSeen, type Pen, type Picture } from "./picture.ts";

/** Draws the nodes as blocks in the colour of how they are, and marks those that are chosen. */
export function paintBlocks(pen: Pen, picture: Picture, colour: Colour): void {
  pen.lineWidth = Math.max(2, 1.25 / picture.viewport.zoom);
  const paintTone = picture.viewport.zoom < farZoom ? paintFarTone : paintNearTone;
  for (const [tone, places] of placesByTone(picture)) paintTone(pen, tone, places, colour);
  pen.globalAlpha = 1;
  pen.strokeStyle = colour("accent");
  pen.lineWidth = 3 / picture.viewport.zoom;
  const { graph, selection, active } = picture;
  for (const id of active === undefined ? selection : [...selection, active]) {
    const at = graph.nodes.get(id)?.position;
    if (at) pen.strokeRect(at.x, at.y, cardSize.width, cardSize.height);
  }
}

/** So far away an outline would be all there is to see of a block, and of its corners nothing. */
const farZoom = 0.12;

/** One path a colour, of however many blocks. */
function paintNearTone(pen: Pen, tone: string, places: readonly Point[], colour: Colour): void {
  const isAside = tone === "aside";
  const path = new Path2D();
  for (const { x, y } of places) path.roundRect(x, y, cardSize.width, cardSize.height, 12);
  pen.globalAlpha = isAside ? 0.4 : 1;
  pen.fillStyle = colour(isAside ? "sunken" : `${tone}-soft`);
  pen.fill(path);
  pen.strokeStyle = colour(isAside ? "line" : tone);
  pen.stroke(path);
}

/** Thousands of blocks, one by one: all in one path would take many times as long to fill. */
function paintFarTone(pen: Pen, tone: string, places: readonly Point[], colour: Colour): void {
  const isAside = tone === "aside";
  pen.globalAlpha = isAside ? 0.4 : 0.55;
  pen.fillStyle = colour(isAside ? "sunken" : tone);
  for (const { x, y } of places) pen.fillRect(x, y, cardSize.width, cardSize.height);
}

function placesByTone(picture: Picture): Map<string, Point[]> {
  const { graph, matches } = picture;
  const byTone = new Map<string, Point[]>();
  for (const { id, position } of graph.nodes.values()) {
    if (!isSeen(position.x, position.y, picture)) continue;
    const tone = matches !== undefined && !matches.has(id) ? "aside" : toneOf(picture, id);
    const places = byTone.get(tone);
    if (places) places.push(position);
    else byTone.set(tone, [position]);
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
