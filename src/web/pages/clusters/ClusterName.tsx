import type { Cluster } from "../../../contract/clusters.ts";
import { Tag } from "../../parts/Status.tsx";
import styles from "./Clusters.module.css";

type Marked = Pick<Cluster, "default" | "simulated" | "shared">;

/** What sets a cluster apart: that nothing in it is real, that it is the default, that it is somebody else's. */
export function ClusterMarks({ cluster }: { cluster: Marked }) {
  return (
    <>
      {cluster.simulated && <Tag tone="accent">Simulated</Tag>}
      {cluster.default && <Tag>Default</Tag>}
      {cluster.shared && <Tag>Shared with you</Tag>}
    </>
  );
}

export function ClusterName({ cluster }: { cluster: Marked & Pick<Cluster, "name"> }) {
  return (
    <span className={styles.name}>
      {cluster.name}
      <ClusterMarks cluster={cluster} />
    </span>
  );
}

/** What each role may do. */
export const roleWords: Readonly<Record<string, string>> = {
  viewer: "May look",
  editor: "May look and deploy",
  admin: "May deploy and share",
  owner: "May do everything",
};
