import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";
import { Button } from "../../parts/Button.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { type KeySection, useKeyMap } from "../../shell/key-map.ts";
import { shownColumns, useChosenColumns } from "./columns.ts";
import { FilterBar, nothing } from "./FilterBar.tsx";
import { Freshness, SyncButton, useSync } from "./Freshness.tsx";
import { ResourceList } from "./ResourceList.tsx";
import styles from "./Resources.module.css";
import { countFilters, type ResourcesSearch } from "./resources-search.ts";
import { useCounts, useGroups } from "./use-resources.ts";

const keys: KeySection = {
  title: "Resources",
  keys: [
    [["J", "↓"], "Next row"],
    [["K", "↑"], "Row before"],
    [["Enter"], "Open"],
    [["S"], "Star"],
    [["F"], "Search"],
  ],
};

type Change = Partial<Record<keyof ResourcesSearch, unknown>>;

/** All that is in the clusters, whoever made it. */
export function Resources(): React.ReactNode {
  const search = useSearch({ from: "/in/resources" });
  const change = useChange();
  const searchField = useRef<HTMLInputElement>(null);
  const counts = useCounts(search);
  const groups = useGroups(search, counts.data);
  const syncedAt = counts.data?.synced_at ?? {};
  const clusters = Object.keys(syncedAt).length;
  const ids = useChosenColumns((chosen) => chosen.ids);
  useFirstSync(counts.data?.synced_at);
  useKeyMap(keys);

  return (
    <div className={styles.page}>
      <PageHead
        title="Resources"
        meta={
          <>
            {counts.data && <span role="status">{countText(counts.data.total, search)}</span>}
            <Freshness syncedAt={syncedAt} />
          </>
        }
        actions={<SyncButton cluster={search.cluster} />}
      />
      <FilterBar search={search} onChange={change} clusters={clusters} searchField={searchField} />
      <Loaded
        query={counts}
        empty={({ total }) => (total === 0 ? <Nothing search={search} onChange={change} /> : undefined)}
      >
        {() => (
          <ResourceList
            key={listKey(search)}
            search={search}
            onChange={change}
            groups={groups}
            columns={shownColumns(ids, clusters, search.group)}
            onFilter={() => searchField.current?.focus()}
          />
        )}
      </Loaded>
    </div>
  );
}

/** Changes the address in place. Another question begins at the top again. */
function useChange() {
  const navigate = useNavigate({ from: "/resources" });
  return useCallback(
    (change: Change) =>
      void navigate({
        search: (before: ResourcesSearch) => ({ ...before, at: undefined, ...change }) as ResourcesSearch,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
}

/** Another question is another list, which begins at its top. */
function listKey({ at, closed, ...question }: ResourcesSearch): string {
  return JSON.stringify(question);
}

function countText(total: number, search: ResourcesSearch): string {
  const count = total.toLocaleString("en");
  if (countFilters(search) > 0) return `${count} ${total === 1 ? "match" : "matches"}`;
  return `${count} ${total === 1 ? "object" : "objects"}`;
}

/** What nobody has looked at yet is looked at once, without being asked. */
function useFirstSync(syncedAt: Readonly<Record<string, string | null>> | undefined): void {
  const { mutate } = useSync();
  const isAsked = useRef(false);
  useEffect(() => {
    const isNew = Object.values(syncedAt ?? {}).includes(null);
    if (!isNew || isAsked.current) return;
    isAsked.current = true;
    mutate({ body: {} });
  }, [syncedAt, mutate]);
}

function Nothing({ search, onChange }: { search: ResourcesSearch; onChange: (change: Change) => void }) {
  if (countFilters(search) > 0)
    return (
      <Empty
        title="Nothing matches"
        text="No object is like that in the clusters you can see."
        action={<Button onClick={() => onChange(nothing)}>Clear filters</Button>}
      />
    );
  return (
    <Empty
      title="Nothing here yet"
      text="What is in your clusters is listed here, whoever made it."
      action={<SyncButton cluster={undefined} />}
      second={
        !search.system && <Button onClick={() => onChange({ system: true })}>Show system objects</Button>
      }
    />
  );
}
