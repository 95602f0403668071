/** A list that grows at its end and shrinks at its beginning, both without moving the rest. */
export interface Deque<T> {
  readonly length: number;
  push(item: T): void;
  /** Forgets so many from the beginning. */
  drop(count: number): void;
  at(index: number): T | undefined;
  [Symbol.iterator](): Iterator<T>;
}

const fewestGone = 4_096;

export function createDeque<T>(): Deque<T> {
  let items: T[] = [];
  let head = 0;

  return {
    get length() {
      return items.length - head;
    },
    push: (item) => void items.push(item),
    drop(count) {
      head = Math.min(items.length, head + count);
      if (head < fewestGone || head < items.length / 2) return;
      items = items.slice(head);
      head = 0;
    },
    at: (index) => (index < 0 ? undefined : items[head + index]),
    *[Symbol.iterator]() {
      for (let index = head; index < items.length; index += 1) yield items[index] as T;
    },
  };
}
