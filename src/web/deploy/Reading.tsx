import { Loaded, type Query } from "../parts/Loaded.tsx";

interface ReadingProps {
  title: string;
  queries: readonly Query<unknown>[];
}

/** In place of a page that needs several answers: the first that failed, else the first that is still to come. */
export function Reading({ title, queries }: ReadingProps) {
  const query =
    queries.find(({ error }) => error) ?? queries.find(({ isPending }) => isPending) ?? queries[0];
  if (!query) return null;
  return (
    <Loaded query={query} title={title}>
      {() => null}
    </Loaded>
  );
}
