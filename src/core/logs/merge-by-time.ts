/** What one of several logs says next, and when. */
export interface Timed {
  stamp: string;
}

interface Head<T> {
  value: T;
  rest: AsyncIterator<T>;
}

/**
 * Several sequences as one, the earliest first; the order within each stays as it is. `begin` is told all first values
 * before the first is given. No more than one value of each is held.
 */
export async function* mergeByTime<T extends Timed>(
  sequences: readonly AsyncIterable<T>[],
  begin: (first: readonly T[]) => void = () => undefined,
): AsyncGenerator<T> {
  const iterators = sequences.map((each) => each[Symbol.asyncIterator]());
  try {
    const heads = (await Promise.all(iterators.map(next))).filter((head) => head !== undefined);
    begin(heads.map(({ value }) => value));
    while (heads.length > 0) {
      const index = earliest(heads);
      const [head] = heads.slice(index, index + 1);
      if (!head) return;
      yield head.value;
      const { value, done } = await head.rest.next();
      if (done) heads.splice(index, 1);
      else head.value = value;
    }
  } finally {
    await Promise.all(iterators.map((iterator) => iterator.return?.()));
  }
}

async function next<T>(rest: AsyncIterator<T>): Promise<Head<T> | undefined> {
  const { value, done } = await rest.next();
  return done ? undefined : { value, rest };
}

function earliest(heads: readonly Head<Timed>[]): number {
  let found = 0;
  for (const [index, { value }] of heads.entries())
    if (value.stamp < (heads[found]?.value.stamp ?? "")) found = index;
  return found;
}
