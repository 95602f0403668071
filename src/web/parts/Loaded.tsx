import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { ErrorPanel } from "./ErrorPanel.tsx";
import styles from "./Loaded.module.css";
import { Page } from "./Page.tsx";
import { PageHead } from "./PageHead.tsx";
import { Skeleton } from "./Skeleton.tsx";

/** As much of a query's result as is looked at here. */
export type Query<Data> = Pick<
  UseQueryResult<Data>,
  "data" | "error" | "isPending" | "isFetching" | "refetch"
>;

export interface LoadedProps<Data> {
  query: Query<Data>;
  /** What the page is called whose head comes with the data, as long as there is none. */
  title?: string | undefined;
  children: (data: Data) => ReactNode;
  /** What is shown instead when there is nothing in the answer; nothing when there is something. */
  empty?: ((data: Data) => ReactNode) | undefined;
  /** The page's layout in grey, where a few lines are not like it. */
  skeleton?: ReactNode;
  /** The way on when it failed. */
  onError?: ReactNode;
}

/** What a query brings: grey lines after a moment, then the data, a thin line while it is asked for again. */
export function Loaded<Data>({ query, title, children, empty, skeleton, onError }: LoadedProps<Data>) {
  const { data, error, isPending, isFetching, refetch } = query;
  const retry = () => void refetch();
  if (data === undefined)
    return isPending ? (
      <Later>
        <Titled title={title}>{skeleton ?? <Skeleton />}</Titled>
      </Later>
    ) : (
      <Titled title={title}>
        <ErrorPanel error={error} onRetry={retry}>
          {onError}
        </ErrorPanel>
      </Titled>
    );
  return (
    <div className={styles.loaded}>
      {isFetching && (
        <Later>
          <div className={styles.progress} aria-hidden />
        </Later>
      )}
      {error && (
        <div className={styles.old}>
          <ErrorPanel error={error} onRetry={retry} />
        </div>
      )}
      {empty?.(data) || children(data)}
    </div>
  );
}

function Titled({ title, children }: Pick<LoadedProps<never>, "title"> & { children: ReactNode }) {
  if (title === undefined) return children;
  return (
    <Page>
      <PageHead title={title} />
      {children}
    </Page>
  );
}

/** Shows nothing for the first moment, in which most answers arrive. */
function Later({ children }: { children: ReactNode }) {
  const [shown, show] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => show(true), 150);
    return () => window.clearTimeout(timer);
  }, []);
  return shown ? children : null;
}
