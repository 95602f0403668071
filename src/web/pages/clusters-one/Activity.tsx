import { api } from "../../../contract/api.ts";
import type { LogEntry } from "../../../contract/cluster-observe.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { useRead } from "../../api.ts";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Page.tsx";
import { Tag } from "../../parts/Status.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { When } from "../../parts/When.tsx";

const deeds: Readonly<Record<string, string>> = {
  cluster_added: "Added",
  connection_test: "Connection test",
  health_check: "Health check",
  access_granted: "Access given",
  access_revoked: "Access taken away",
};

const columns: readonly Column<LogEntry>[] = [
  { id: "what", head: "What", cell: ({ action }) => deeds[action] ?? `Unknown (${action})` },
  {
    id: "outcome",
    head: "Outcome",
    cell: ({ success }) => <Tag tone={success ? "ok" : "bad"}>{success ? "✓ Worked" : "× Failed"}</Tag>,
  },
  { id: "said", head: "Said", cell: ({ error, message }) => error ?? message },
  { id: "when", head: "When", cell: ({ timestamp }) => <When at={timestamp} />, width: "9rem" },
];

/** What happened between us and the cluster in the last day. */
export function Activity({ cluster: { name } }: { cluster: Cluster }) {
  const query = useRead(api.getClusterLogs, { params: { name }, query: { limit: 200 } });
  return (
    <Panel title="Last 24 hours">
      <Loaded
        query={query}
        empty={({ logs }) =>
          logs.length === 0 && (
            <Empty title="Nothing in the last 24 hours" text="Tests, checks and sharing are listed here." />
          )
        }
      >
        {({ logs }) => (
          <Table
            caption="Activity of the last 24 hours"
            columns={columns}
            rows={logs}
            rowKey={({ id }) => id}
          />
        )}
      </Loaded>
    </Panel>
  );
}
