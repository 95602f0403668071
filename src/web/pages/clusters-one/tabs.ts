import type { Cluster } from "../../../contract/clusters.ts";

export const clusterTabs = ["overview", "activity", "metrics", "sharing", "settings"] as const;
export type ClusterTab = (typeof clusterTabs)[number];

const labels: Readonly<Record<ClusterTab, string>> = {
  overview: "Overview",
  activity: "Activity",
  metrics: "Metrics",
  sharing: "Sharing",
  settings: "Settings",
};

/** What there is to see of a cluster for somebody who may do so much with it, in all or some of its namespaces. */
export function tabsFor({ role, namespaces }: Pick<Cluster, "role" | "namespaces">) {
  const isWhole = namespaces.length === 0;
  const mayShare = isWhole && (role === "owner" || role === "admin");
  const seen: Readonly<Record<ClusterTab, boolean>> = {
    overview: true,
    activity: isWhole,
    metrics: isWhole,
    sharing: mayShare,
    settings: true,
  };
  return clusterTabs.filter((id) => seen[id]).map((id) => ({ id, label: labels[id] }));
}
