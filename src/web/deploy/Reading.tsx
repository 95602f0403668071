import { Loaded, type Query } from "../parts/Loaded.tsx";

/** In place of a page that needs several answers: the first that failed, else the first that is still to come. */
export function Reading({ queries }: { queries: readonly Query<unknown>[] }) {
  const query =
    queries.find(({ error }) => error) ?? queries.find(({ isPending }) => isPending) ?? queries[0];
  return query ? <Loaded query={query}>{() => null}</Loaded> : null;
}
