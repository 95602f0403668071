import { Link } from "@tanstack/react-router";
import { api } from "../../../contract/api.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { useRead } from "../../api.ts";
import { ClusterStatus } from "../../parts/ClusterStatus.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Tag } from "../../parts/Status.tsx";
import { When } from "../../parts/When.tsx";
import type { Summary } from "../workflows/summary.ts";
import { WorkflowHealth, WorkflowState } from "../workflows/workflow-state.tsx";
import styles from "./Home.module.css";

const figures = [
  ["total_workflows", "Workflows"],
  ["published_workflows", "Deployed"],
  ["total_runs", "Runs"],
  ["success_rate", "Runs that succeeded"],
] as const;

/** The four figures, and how they moved this month. */
export function Stats() {
  const stats = useRead(api.getDashboardStats, {});
  return (
    <Loaded query={stats}>
      {(data) => (
        <dl className={styles.stats}>
          {figures.map(([key, label]) => (
            <div key={key} className={styles.stat}>
              <dt>{label}</dt>
              <dd>{key === "success_rate" && data.total_runs.raw === 0 ? "–" : data[key].value}</dd>
              <dd className={styles.change}>{changeText(data[key].change, key === "success_rate")}</dd>
            </div>
          ))}
        </dl>
      )}
    </Loaded>
  );
}

function changeText(change: number, isPoints: boolean): string {
  // Nothing to compare with, or no change: the answer does not tell which.
  if (change === 0) return "";
  const unit = isPoints ? " points" : " %";
  return `${change > 0 ? "+" : "−"}${Math.abs(Math.round(change * 10) / 10)}${unit} this month`;
}

export function Recent({ workflows }: { workflows: readonly Summary[] }) {
  if (workflows.length === 0) return <p>None yet.</p>;
  return (
    <ul className={styles.cards}>
      {workflows.map((workflow) => (
        <li key={workflow.id} className={styles.card}>
          <Link to="/workflows/$id" params={{ id: workflow.id }} className={styles.name}>
            {workflow.name}
          </Link>
          <span className={styles.marks}>
            <WorkflowState workflow={workflow} />
            <WorkflowHealth workflow={workflow} />
          </span>
          <span className={styles.meta}>
            {workflow.node_count === 1 ? "1 node" : `${workflow.node_count} nodes`}
            {workflow.cluster_id && ` · ${workflow.cluster_id}`} · edited <When at={workflow.updated_at} />
          </span>
        </li>
      ))}
    </ul>
  );
}

export function Clusters({ clusters }: { clusters: readonly Cluster[] }) {
  if (clusters.length === 0)
    return (
      <p>
        None yet. <Link to="/clusters/new">Connect a cluster</Link>
      </p>
    );
  return (
    <ul className={styles.cards}>
      {clusters.map((cluster) => (
        <li key={cluster.name} className={styles.card}>
          <Link to="/clusters/$name" params={{ name: cluster.name }} className={styles.name}>
            {cluster.name}
          </Link>
          <span className={styles.marks}>
            <ClusterStatus cluster={cluster} />
            {cluster.simulated && <Tag tone="accent">Simulated</Tag>}
          </span>
          <span className={styles.meta}>
            {cluster.version ? `Kubernetes ${cluster.version} · ` : ""}checked <When at={cluster.lastCheck} />
          </span>
        </li>
      ))}
    </ul>
  );
}
