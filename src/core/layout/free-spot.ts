export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

const gridStep = 8;

/** Room that is left between cards, to the side and below. */
export const gap = { x: 128, y: 32 } as const;

export const onGrid = (value: number): number => Math.round(value / gridStep) * gridStep;

/** Whether two boxes come closer to each other than `room`. */
export function meets(a: Box, b: Box, room = 0): boolean {
  return (
    a.x < b.x + b.width + room &&
    b.x < a.x + a.width + room &&
    a.y < b.y + b.height + room &&
    b.y < a.y + a.height + room
  );
}

const room = 16;

/** The free place on the grid nearest to a wanted one, where the box meets none of the others. */
export function freeSpot(wanted: Box, taken: { meetsAny(box: Box, room: number): boolean }): Point {
  const start = { x: onGrid(wanted.x), y: onGrid(wanted.y) };
  const step = { x: onGrid(wanted.width / 2 + room), y: onGrid(wanted.height / 2 + room) };
  for (let ring = 0; ; ring += 1) {
    const free = ringAround(ring)
      .map(([right, down]) => ({ x: start.x + right * step.x, y: start.y + down * step.y }))
      .filter((at) => !taken.meetsAny({ ...wanted, ...at }, room))
      .toSorted((a, b) => farFrom(start, a) - farFrom(start, b) || a.y - b.y || a.x - b.x);
    if (free[0]) return free[0];
  }
}

/** The places of a square ring; a few thousand boxes are left behind after some tens of them. */
function ringAround(ring: number): [right: number, down: number][] {
  if (ring === 0) return [[0, 0]];
  const side = Array.from({ length: ring * 2 + 1 }, (_, index) => index - ring);
  const inner = side.slice(1, -1);
  return [
    ...side.flatMap((at): [number, number][] => [
      [at, -ring],
      [at, ring],
    ]),
    ...inner.flatMap((at): [number, number][] => [
      [-ring, at],
      [ring, at],
    ]),
  ];
}

function farFrom(start: Point, at: Point): number {
  // To the right and below is where people look for what is new.
  return (
    Math.hypot(at.x - start.x, at.y - start.y) + (at.x < start.x ? 0.5 : 0) + (at.y < start.y ? 0.25 : 0)
  );
}
