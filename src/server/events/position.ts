/** A place in the history of all topics, as readers carry it: `<epoch>-<number>`. */
export type Position = string;

/** Numbers frames across all topics, so that one position says where a reader is in each of them. */
export interface Counter {
  epoch: string;
  last: number;
}

export function positionOf({ epoch }: Counter, number: number): Position {
  return `${epoch}-${number}`;
}

/** The number in a position that this server gave out; nothing for one it did not. */
export function numberIn(position: Position, { epoch, last }: Counter): number | undefined {
  const digits = position.startsWith(`${epoch}-`) ? position.slice(epoch.length + 1) : "";
  const number = /^\d{1,15}$/.test(digits) ? Number(digits) : Number.POSITIVE_INFINITY;
  return number <= last ? number : undefined;
}
