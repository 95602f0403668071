import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { PlugZap, RotateCw } from "lucide-react";
import { api } from "../../../contract/api.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { useRead } from "../../api.ts";
import { useEvent } from "../../live/events.ts";
import { Button } from "../../parts/Button.tsx";
import { ClusterStatus } from "../../parts/ClusterStatus.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Page } from "../../parts/Page.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { TabPanel, Tabs } from "../../parts/Tabs.tsx";
import { When } from "../../parts/When.tsx";
import { ClusterMarks } from "../clusters/ClusterName.tsx";
import { clustersChanged, useClusterDeeds } from "../clusters/use-cluster-deeds.ts";
import { Activity } from "./Activity.tsx";
import styles from "./ClusterPage.module.css";
import { Metrics } from "./Metrics.tsx";
import { Overview } from "./Overview.tsx";
import { Settings } from "./Settings.tsx";
import { Sharing } from "./Sharing.tsx";
import { type ClusterTab, tabsFor } from "./tabs.ts";

const from = "/in/clusters/$name";

/** One cluster: how it is, who may use it, how it is reached. */
export function ClusterPage(): React.ReactNode {
  const { name } = useParams({ from });
  const query = useRead(api.getCluster, { params: { name } });
  useEvent("cluster.status", () => void clustersChanged());
  return (
    <Page>
      <Head name={name} cluster={query.data} />
      <Loaded query={query} onError={<Link to="/clusters">All clusters</Link>}>
        {(cluster) => <Parts cluster={cluster} />}
      </Loaded>
    </Page>
  );
}

function Head({ name, cluster }: { name: string; cluster: Cluster | undefined }) {
  const { test, refresh, isTesting, isRefreshing } = useClusterDeeds(name);
  return (
    <PageHead
      title={name}
      crumbs={[{ label: "Clusters", link: { to: "/clusters" } }]}
      meta={
        cluster && (
          <>
            <ClusterStatus cluster={cluster} />
            <ClusterMarks cluster={cluster} />
            <span>
              checked <When at={cluster.lastCheck} none="not yet" />
            </span>
          </>
        )
      }
      actions={
        cluster && (
          <>
            <Button icon={PlugZap} busy={isTesting} onClick={test}>
              Test connection
            </Button>
            <Button icon={RotateCw} busy={isRefreshing} onClick={refresh}>
              Refresh
            </Button>
          </>
        )
      }
    />
  );
}

const panels: Readonly<Record<ClusterTab, typeof Overview>> = {
  overview: Overview,
  activity: Activity,
  metrics: Metrics,
  sharing: Sharing,
  settings: Settings,
};

function Parts({ cluster }: { cluster: Cluster }) {
  const { tab: asked } = useSearch({ from });
  const navigate = useNavigate({ from: "/clusters/$name" });
  const tabs = tabsFor(cluster);
  const tab = tabs.find(({ id }) => id === asked)?.id ?? "overview";
  const Panel = panels[tab];
  return (
    <div className={styles.stack}>
      <Tabs
        label="Parts of the cluster"
        value={tab}
        onChange={(id) => void navigate({ search: id === "overview" ? {} : { tab: id }, replace: true })}
        tabs={tabs}
      />
      <TabPanel tab={tab}>
        <Panel cluster={cluster} />
      </TabPanel>
    </div>
  );
}
