import { type Box, meets } from "./free-spot.ts";

const cell = { width: 256, height: 128 };

/** Boxes by where they are, so that thousands can be asked whether one more meets any of them. */
export class BoxIndex {
  readonly #cells = new Map<string, Box[]>();

  constructor(boxes: Iterable<Box> = []) {
    for (const box of boxes) this.add(box);
  }

  add(box: Box): void {
    for (const key of cellsOf(box, 0)) {
      const known = this.#cells.get(key);
      if (known) known.push(box);
      else this.#cells.set(key, [box]);
    }
  }

  meetsAny(box: Box, room: number): boolean {
    return cellsOf(box, room).some((key) => this.#cells.get(key)?.some((each) => meets(box, each, room)));
  }
}

function cellsOf({ x, y, width, height }: Box, room: number): string[] {
  const keys: string[] = [];
  for (let column = Math.floor((x - room) / cell.width); column * cell.width < x + width + room; column += 1)
    for (let row = Math.floor((y - room) / cell.height); row * cell.height < y + height + room; row += 1)
      keys.push(`${column} ${row}`);
  return keys;
}
