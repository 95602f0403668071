/** A value at a time; none is a gap in the line. */
export interface Point {
  at: number;
  value: number | undefined;
}

/** The lines through the points in a box of this size, one for each stretch without a gap. */
export function stretches(points: readonly Point[], box: Box): readonly string[] {
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const x = (at: number) => ((at - first) / Math.max(1, last - first)) * box.width;
  const y = (value: number) => box.height - (value / Math.max(box.top, Number.MIN_VALUE)) * box.height;
  const found: Point[][] = [];
  let open: Point[] | undefined;
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    if (!open || !before || isGap(before, point, box.gap)) {
      open = [];
      found.push(open);
    }
    if (point.value !== undefined) open.push(point);
  }
  return found
    .filter((stretch) => stretch.length > 0)
    .map((stretch) => stretch.map(({ at, value = 0 }) => [x(at), y(value)] as const))
    .map((places) => stepPath(places));
}

export interface Box {
  width: number;
  height: number;
  /** The value at the top. */
  top: number;
  /** Points further apart than this are not joined. */
  gap: number;
}

function isGap(before: Point, point: Point, gap: number): boolean {
  return before.value === undefined || point.value === undefined || point.at - before.at > gap;
}

type Place = readonly [x: number, y: number];

function stepPath([first, ...rest]: readonly Place[]): string {
  if (!first) return "";
  if (rest.length === 0) return dot(first);
  return `M${placeText(first)}${rest.map(([x, y]) => `H${round(x)}V${round(y)}`).join("")}`;
}

// A single point has no length to draw.
const dot = ([x, y]: Place) => `M${round(x - 1)},${round(y)}h2`;
const placeText = ([x, y]: Place) => `${round(x)},${round(y)}`;
const round = (value: number) => Math.round(value * 10) / 10;
