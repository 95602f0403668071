/** How much is looked at and shown, so that no search costs more than another. */
export const most = { shown: 5, candidates: 50, misspelt: 1_000, nodes: 5_000, runs: 1_000 } as const;

/** The first few of those that fit, the best fit first; equal ones stay as they were given, and each is there once. */
export function best<T extends object>(all: readonly T[], judge: (each: T) => number | undefined): T[] {
  const fitting = all.flatMap((each) => {
    const rank = judge(each);
    return rank === undefined ? [] : [{ each, rank }];
  });
  const sorted = fitting.toSorted((one, other) => one.rank - other.rank).map(({ each }) => each);
  const seen = new Map(sorted.toReversed().map((each) => [keyOf(each), each]));
  return sorted.filter((each) => seen.get(keyOf(each)) === each).slice(0, most.shown);
}

function keyOf(each: object): unknown {
  return "id" in each ? each.id : each;
}
