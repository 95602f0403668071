export interface Ends {
  source: string;
  target: string;
}

/** The column of each node: one after all that lead to it. Edges that would close a circle are left out. */
export function ranksOf(ids: readonly string[], edges: readonly Ends[]): Map<string, number> {
  const known = new Set(ids);
  const own = edges.filter(
    ({ source, target }) => source !== target && known.has(source) && known.has(target),
  );
  const order = orderOf(ids, own);
  const place = new Map(order.map((id, index) => [id, index]));
  const into = Map.groupBy(
    own.filter(({ source, target }) => (place.get(source) ?? 0) < (place.get(target) ?? 0)),
    ({ target }) => target,
  );
  const ranks = new Map<string, number>();
  for (const id of order) {
    const before = (into.get(id) ?? []).map(({ source }) => (ranks.get(source) ?? 0) + 1);
    ranks.set(id, Math.max(0, ...before));
  }
  return drawnTogether(order, own, ranks);
}

/** What only leads somewhere stands right before it, not at the far left. */
function drawnTogether(
  order: readonly string[],
  edges: readonly Ends[],
  ranks: Map<string, number>,
): Map<string, number> {
  const from = Map.groupBy(edges, ({ source }) => source);
  const hasBefore = new Set(edges.map(({ target }) => target));
  for (const id of order) {
    if (hasBefore.has(id)) continue;
    const after = (from.get(id) ?? []).map(({ target }) => ranks.get(target) ?? 0);
    if (after.length > 0) ranks.set(id, Math.max(0, Math.min(...after) - 1));
  }
  return ranks;
}

/** All ids so that most edges run forward, walked with a list: a chain may be thousands long. */
function orderOf(ids: readonly string[], edges: readonly Ends[]): string[] {
  const from = Map.groupBy(edges, ({ source }) => source);
  const hasBefore = new Set(edges.map(({ target }) => target));
  const starts = [...ids.filter((id) => !hasBefore.has(id)), ...ids];
  const seen = new Set<string>();
  const finished: string[] = [];
  for (const start of starts) {
    const path = seen.has(start) ? [] : [{ id: start, next: 0 }];
    seen.add(start);
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const next = from.get(at.id)?.[at.next++]?.target;
      if (next === undefined) finished.push(path.pop()?.id ?? at.id);
      else if (!seen.has(next)) {
        seen.add(next);
        path.push({ id: next, next: 0 });
      }
    }
  }
  return finished.reverse();
}
