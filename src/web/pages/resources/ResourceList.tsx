import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, useEffect, useRef } from "react";
import { ErrorPanel } from "../../parts/ErrorPanel.tsx";
import { Hidden } from "../../parts/Hidden.tsx";
import { SortButton } from "../../parts/SortButton.tsx";
import { Space } from "../../parts/Space.tsx";
import type { ColumnOf } from "./columns.ts";
import styles from "./ResourceList.module.css";
import { GroupRow, ResourceRow } from "./ResourceRow.tsx";
import { type ResourcesSearch, type SortBy, sortOf } from "./resources-search.ts";
import { type Group, layoutOf, toggled } from "./row-layout.ts";
import { useListKeys } from "./use-list-keys.ts";
import { useRows } from "./use-resources.ts";

interface ResourceListProps {
  search: ResourcesSearch;
  onChange: (change: Partial<Record<keyof ResourcesSearch, unknown>>) => void;
  groups: readonly Group[];
  columns: readonly ColumnOf[];
  onFilter: () => void;
}

/** As many rows as there are matches, of which those in view are read and drawn. */
export function ResourceList({ search, onChange, groups, columns, onFilter }: ResourceListProps) {
  const frame = useRef<HTMLDivElement>(null);
  const layout = layoutOf(groups);
  const virtualizer = useVirtualizer({
    count: layout.length,
    getScrollElement: () => frame.current,
    estimateSize: usualHeight,
    initialOffset: () => ((search.at ?? 1) - 1) * usualHeight(),
    overscan: 10,
  });
  const inView = virtualizer.getVirtualItems();
  const { rowOf, failed } = useRows(
    search,
    inView.map(({ index }) => layout.at(index)),
  );
  useTop(virtualizer.range?.startIndex ?? 0, (at) => at !== search.at && onChange({ at }));
  const press = useListKeys(frame, layout.length, virtualizer.scrollToIndex, onFilter);
  const above = inView[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (inView.at(-1)?.end ?? 0);

  return (
    <>
      {failed && <ErrorPanel error={failed.error} onRetry={() => void failed.refetch()} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys move between the links inside. */}
      <div ref={frame} className={styles.frame} tabIndex={-1} onKeyDown={press}>
        <table className={styles.table} style={leastOf(columns)} aria-rowcount={layout.length + 1}>
          <caption>
            <Hidden>Resources</Hidden>
          </caption>
          <Head
            columns={columns}
            search={search}
            onSort={(sort, order) => onChange({ sort, order, at: undefined })}
          />
          <tbody>
            <Space height={above} />
            {inView.map(({ index }) => {
              const place = layout.at(index);
              if (!place) return null;
              const { group, row } = place;
              const shared = { index, measure: virtualizer.measureElement };
              return row === undefined ? (
                <GroupRow
                  key={`group ${group.key}`}
                  {...shared}
                  group={group}
                  grouping={search.group}
                  span={columns.length + 1}
                  onToggle={() => onChange({ closed: toggled(search.closed, group.key), at: search.at })}
                />
              ) : (
                <ResourceRow
                  key={`${group.key} ${row}`}
                  {...shared}
                  resource={rowOf(place)}
                  columns={columns}
                />
              );
            })}
            <Space height={below} />
          </tbody>
        </table>
      </div>
    </>
  );
}

/** What the columns need beside the name. */
function leastOf(columns: readonly ColumnOf[]): CSSProperties {
  const widths = columns.map(({ width }) => width);
  return { "--others": `calc(${["0rem", ...widths].join(" + ")})` } as CSSProperties;
}

/** What a row is taken to need until it is drawn. */
function usualHeight(): number {
  if (window.matchMedia("(max-width: 40rem)").matches) return 112;
  return document.documentElement.dataset.density === "compact" ? 33 : 41;
}

const restMs = 250;

/** Keeps the row at the top in the address once the scrolling rests, so that coming back finds it. */
function useTop(top: number, keep: (at: number | undefined) => unknown): void {
  const latest = useRef(keep);
  useEffect(() => {
    latest.current = keep;
  });
  useEffect(() => {
    const timer = window.setTimeout(() => latest.current(top > 0 ? top + 1 : undefined), restMs);
    return () => window.clearTimeout(timer);
  }, [top]);
}

interface HeadProps {
  columns: readonly ColumnOf[];
  search: ResourcesSearch;
  onSort: (sort: SortBy, order: "asc" | "desc") => void;
}

function Head({ columns, search, onSort }: HeadProps) {
  const { by, order } = sortOf(search);
  const all = [{ id: "name", head: "Name", sort: "name", width: undefined } as const, ...columns];
  return (
    <thead>
      <tr>
        {all.map(({ id, head, sort, width }) => {
          const sorted = sort === by ? order : undefined;
          return (
            <th
              key={id}
              scope="col"
              data-column={id}
              style={{ width: id === "facts" ? undefined : width }}
              {...(sorted && { "aria-sort": sorted === "asc" ? "ascending" : "descending" })}
            >
              {sort === undefined ? (
                head
              ) : (
                <SortButton order={sorted} onSort={(next) => onSort(sort, next)}>
                  {head}
                </SortButton>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
