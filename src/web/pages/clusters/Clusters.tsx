import { Link, linkOptions } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { api } from "../../../contract/api.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { useRead } from "../../api.ts";
import { useEvent } from "../../live/events.ts";
import { buttonClass } from "../../parts/Button.tsx";
import { ClusterStatus } from "../../parts/ClusterStatus.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Page, Panel } from "../../parts/Page.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { When } from "../../parts/When.tsx";
import { capacityText } from "./amounts.ts";
import { ClusterMenu } from "./ClusterMenu.tsx";
import { ClusterName } from "./ClusterName.tsx";
import { clustersChanged } from "./use-cluster-deeds.ts";

const columns: readonly Column<Cluster>[] = [
  { id: "name", head: "Name", cell: (cluster) => <ClusterName cluster={cluster} /> },
  { id: "status", head: "Status", cell: (cluster) => <ClusterStatus cluster={cluster} /> },
  { id: "version", head: "Version", cell: ({ metadata }) => metadata.version },
  { id: "nodes", head: "Nodes", align: "end", cell: ({ metadata }) => metadata.nodeCount || "" },
  { id: "capacity", head: "Capacity", cell: ({ metadata }) => capacityText(metadata) },
  { id: "checked", head: "Checked", cell: ({ lastCheck }) => <When at={lastCheck} none="not yet" /> },
  { id: "actions", head: "", cell: (cluster) => <ClusterMenu cluster={cluster} />, width: "3rem" },
];

const most = 100;

/** All clusters somebody may use. */
export function Clusters(): React.ReactNode {
  const query = useRead(api.listClusters, { query: { limit: most, sort: "name", order: "asc" } });
  useEvent("cluster.status", () => void clustersChanged());
  return (
    <Page>
      <PageHead title="Clusters" actions={<AddCluster />} />
      <Loaded query={query} empty={({ total }) => total === 0 && <NoClusters />}>
        {({ clusters, total }) => (
          <Panel>
            <Table
              caption="Clusters"
              columns={columns}
              rows={clusters}
              rowKey={({ id }) => id}
              rowLink={({ name }) => linkOptions({ to: "/clusters/$name", params: { name } })}
            />
            {total > most && <p>{`The first ${most} of ${total} are shown.`}</p>}
          </Panel>
        )}
      </Loaded>
    </Page>
  );
}

function AddCluster() {
  return (
    <Link to="/clusters/new" className={buttonClass({ variant: "primary" })}>
      <Plus size={16} aria-hidden />
      Add cluster
    </Link>
  );
}

function NoClusters() {
  return (
    <Empty
      title="No cluster yet"
      text="Drawing works without one. To deploy, connect a Kubernetes cluster: a kubeconfig is enough."
      action={<AddCluster />}
    />
  );
}
