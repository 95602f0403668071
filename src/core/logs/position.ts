import type { Stamp } from "./stamp.ts";

/**
 * Where a line stands in its container's log: the latest moment written up to it, and how many lines there have been
 * since that was first met. Two streams of one container may write moments in the wrong order; positions only grow, and
 * are the same wherever a reading began before them.
 */
export interface Position {
  at: Stamp;
  count: number;
}

export interface Line extends Position {
  /** The moment of the line itself. */
  stamp: Stamp;
  text: string;
}

export function isAfter(a: Position, b: Position): boolean {
  return a.at > b.at || (a.at === b.at && a.count > b.count);
}

/** Just before a line: everything earlier is told, the line is not. */
export function before({ at, count }: Position): Position {
  return { at, count: count - 1 };
}

export function later(a: Position, b: Position | undefined): Position {
  return b === undefined || isAfter(a, b) ? a : b;
}

/** Gives each line its position, in the order of the log. */
export function createPositions(): (stamp: Stamp, text: string) => Line {
  let at = "";
  let count = 0;
  return (stamp, text) => {
    if (stamp > at) {
      at = stamp;
      count = 0;
    }
    count += 1;
    return { at, count, stamp, text };
  };
}
