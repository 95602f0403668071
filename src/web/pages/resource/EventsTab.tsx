import type { ClusterEvent } from "../../../contract/resources.ts";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded, type Query } from "../../parts/Loaded.tsx";
import { Tag } from "../../parts/Status.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { When } from "../../parts/When.tsx";
import styles from "./ResourcePage.module.css";

/** What the cluster tells of it. */
export function EventsTab({ query }: { query: Query<{ events: ClusterEvent[] }> }) {
  return (
    <Loaded
      query={query}
      empty={({ events }) =>
        events.length === 0 ? (
          <Empty title="No events" text="Clusters forget theirs, mostly after an hour." />
        ) : undefined
      }
    >
      {({ events }) => (
        <div className={styles.card}>
          <Table
            caption="Events"
            columns={columns}
            rows={events.map((event, index) => ({ ...event, key: String(index) }))}
            rowKey={({ key }) => key}
          />
        </div>
      )}
    </Loaded>
  );
}

const columns: Column<ClusterEvent & { key: string }>[] = [
  { id: "at", head: "When", width: "8.5rem", cell: ({ at }) => <When at={at} /> },
  {
    id: "type",
    head: "Type",
    width: "6rem",
    cell: ({ type }) => <Tag tone={type === "Warning" ? "warn" : "neutral"}>{type}</Tag>,
  },
  { id: "reason", head: "Reason", width: "9rem", cell: ({ reason }) => reason },
  { id: "message", head: "Message", cell: ({ message }) => message },
  { id: "count", head: "Times", width: "4rem", align: "end", cell: ({ count }) => count },
  { id: "source", head: "From", width: "10rem", cell: ({ source }) => source },
];
