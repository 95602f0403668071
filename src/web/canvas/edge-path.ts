import { type EdgeProps, getBezierPath, Position } from "@xyflow/react";
import { cardSize } from "./graph.ts";

type Ends = Pick<EdgeProps, "sourceX" | "sourceY" | "targetX" | "targetY">;

const near = 24;

export interface LabelPlace {
  x: number;
  y: number;
  /** How wide it may be to lie between two cards that stand side by side. */
  room?: number;
}

/** The way of an edge between the sides of two cards that face each other, and the place of its label. */
export function edgePath({ sourceX, sourceY, targetX, targetY }: Ends): [path: string, label: LabelPlace] {
  // React Flow tells the right side of the one and the left side of the other.
  const [from, to] = [sourceX - cardSize.width, targetX];
  const [source, target] = facing(to - from, targetY - sourceY);
  const [path, x, y] = getBezierPath({
    ...at(source, from, sourceY, "source"),
    ...at(target, to, targetY, "target"),
  } as Parameters<typeof getBezierPath>[0]);
  const isBeside = source !== Position.Bottom && source !== Position.Top;
  const isLevel = Math.abs(targetY - sourceY) < cardSize.height;
  return [path, { x, y, ...(isBeside && isLevel && { room: Math.abs(to - from) - cardSize.width }) }];
}

function facing(right: number, down: number): [Position, Position] {
  if (right > cardSize.width + near) return [Position.Right, Position.Left];
  if (right < -cardSize.width - near) return [Position.Left, Position.Right];
  return down > 0 ? [Position.Bottom, Position.Top] : [Position.Top, Position.Bottom];
}

function at(side: Position, left: number, middle: number, end: "source" | "target") {
  const [width, height] = [cardSize.width / 2, cardSize.height / 2];
  const x = left + { left: 0, right: cardSize.width, top: width, bottom: width }[side];
  const y = middle + { left: 0, right: 0, top: -height, bottom: height }[side];
  return { [`${end}X`]: x, [`${end}Y`]: y, [`${end}Position`]: side };
}
