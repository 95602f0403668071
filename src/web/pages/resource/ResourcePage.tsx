import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Suspense, useCallback } from "react";
import { api } from "../../../contract/api.ts";
import type { Resource } from "../../../contract/resources.ts";
import { useRead } from "../../api.ts";
import { Loaded } from "../../parts/Loaded.tsx";
import { later } from "../../parts/later.tsx";
import { Note } from "../../parts/Note.tsx";
import { Skeleton } from "../../parts/Skeleton.tsx";
import { TabPanel, Tabs } from "../../parts/Tabs.tsx";
import { When } from "../../parts/When.tsx";
import { EventsTab } from "./EventsTab.tsx";
import { HistoryTab } from "./HistoryTab.tsx";
import { OverviewTab } from "./OverviewTab.tsx";
import { RelatedTab } from "./RelatedTab.tsx";
import { ResourceHead } from "./ResourceHead.tsx";
import styles from "./ResourcePage.module.css";
import { type PlaceChange, type ResourceSearch, type TabName, tabsOf } from "./resource-search.ts";
import { useResource } from "./use-resource.ts";
import { YamlTab } from "./YamlTab.tsx";

// Logs and terminals bring much along, and most who look at an object do not look at these.
const LogsTab = later(() => import("./LogsTab.tsx"), "LogsTab");
const TerminalTab = later(() => import("./TerminalTab.tsx"), "TerminalTab");

const names: Readonly<Record<TabName, string>> = {
  overview: "Overview",
  events: "Events",
  related: "Related",
  yaml: "YAML",
  logs: "Logs",
  terminal: "Terminal",
  history: "History",
};

/** Everything about one object. */
export function ResourcePage(): React.ReactNode {
  const { id } = useParams({ from: "/in/resources/$id" });
  const { query, live } = useResource(id);
  return (
    <div className={styles.page}>
      <Loaded query={query} title="Resource">
        {({ resource }) => (
          <div className={styles.page}>
            <ResourceHead resource={resource} live={live} />
            <Gone resource={resource} />
            <ResourceTabs key={id} resource={resource} message={live?.message} />
          </div>
        )}
      </Loaded>
    </div>
  );
}

function Gone({ resource: { deletedAt } }: { resource: Resource }) {
  if (deletedAt === undefined) return null;
  return (
    <Note tone="bad" title="Gone from the cluster">
      It was found gone <When at={deletedAt} />. What was seen of it last can still be read.
    </Note>
  );
}

function ResourceTabs({ resource, message }: { resource: Resource; message: string | undefined }) {
  const { search, change } = usePlace();
  const { id } = resource;
  const events = useRead(api.listResourceEvents, { params: { id } });
  const shown = tabsOf(resource);
  const tab = shown.find((name) => name === search.tab) ?? "overview";
  const badge = events.data?.events.length || undefined;
  return (
    <>
      <Tabs
        label="What there is to know"
        value={tab}
        onChange={(next) => change({ tab: next === "overview" ? undefined : next })}
        tabs={shown.map((name) => ({ id: name, label: names[name], ...(name === "events" && { badge }) }))}
      />
      <TabPanel tab={tab}>
        <Suspense fallback={<Skeleton />}>
          {tab === "overview" && <OverviewTab resource={resource} message={message} />}
          {tab === "events" && <EventsTab query={events} />}
          {tab === "related" && <RelatedTab id={id} />}
          {tab === "yaml" && (
            <YamlTab id={id} managed={search.managed} onManaged={(managed) => change({ managed })} />
          )}
          {tab === "logs" && <LogsTab resource={resource} search={search} onChange={change} />}
          {tab === "terminal" && <TerminalTab resource={resource} search={search} onChange={change} />}
          {tab === "history" && <HistoryTab id={id} page={search.page} onPage={(page) => change({ page })} />}
        </Suspense>
      </TabPanel>
    </>
  );
}

/** What the address says of the page, and the way to change it in place. */
function usePlace() {
  const search = useSearch({ from: "/in/resources/$id" });
  const navigate = useNavigate({ from: "/resources/$id" });
  const change = useCallback(
    (next: PlaceChange) =>
      void navigate({
        search: (before: ResourceSearch) => ({ ...before, ...next }) as ResourceSearch,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return { search, change };
}
