import { Link } from "@tanstack/react-router";
import { api } from "../../../contract/api.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { useRead } from "../../api.ts";
import { Button, buttonClass } from "../../parts/Button.tsx";
import { Note } from "../../parts/Note.tsx";
import { Panel } from "../../parts/Page.tsx";
import { capacityText } from "../clusters/amounts.ts";
import styles from "../clusters/Clusters.module.css";
import { useClusterDeeds } from "../clusters/use-cluster-deeds.ts";

/** How it went: connected, or kept with the reason why it does not answer. */
export function Added({ cluster: added }: { cluster: Cluster }) {
  const { name } = added;
  const { data: cluster = added } = useRead(api.getCluster, { params: { name } });
  const { test, isTesting } = useClusterDeeds(name);
  const isConnected = cluster.status === "connected";
  return (
    <Panel title={name}>
      {isConnected ? <Connected cluster={cluster} /> : <NotConnected cluster={cluster} />}
      <div className={styles.actions}>
        <Link
          to="/clusters/$name"
          params={{ name }}
          className={buttonClass({ variant: isConnected ? "primary" : "plain" })}
        >
          Open cluster
        </Link>
        {!isConnected && (
          <>
            <Link
              to="/clusters/$name"
              params={{ name }}
              search={{ tab: "settings" }}
              className={buttonClass()}
            >
              Edit
            </Link>
            <Button busy={isTesting} onClick={test}>
              Test again
            </Button>
          </>
        )}
      </div>
    </Panel>
  );
}

function Connected({ cluster: { metadata } }: { cluster: Cluster }) {
  const { version, nodeCount } = metadata;
  const nodes = nodeCount === 1 ? "1 node" : `${nodeCount} nodes`;
  return (
    <Note tone="ok" title="Connected" alert>
      {[`Kubernetes ${version}`, nodes, capacityText(metadata)].filter(Boolean).join(", ")}
    </Note>
  );
}

function NotConnected({ cluster: { warning } }: { cluster: Cluster }) {
  return (
    <Note tone="warn" title="Added, but it does not answer" alert>
      {warning ?? "The connection could not be made."}
    </Note>
  );
}
