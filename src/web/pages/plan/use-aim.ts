import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../../../contract/api.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { useRead } from "../../api.ts";

/** Where a plan is to be carried out. */
export interface Aim {
  cluster: string;
  namespace: string;
  clusters: readonly Cluster[];
  /** What is not known yet, so that no plan can be asked for. */
  isPending: boolean;
  choose(next: { cluster?: string; namespace?: string }): void;
}

/**
 * Where somebody has chosen to deploy to; else the workflow's cluster, else where it went last, else the default one.
 * What is taken away is taken from where it is.
 */
export function useAim(workflow: Workflow): Aim {
  const search = useSearch({ from: "/in/workflows/$id/plan" });
  const navigate = useNavigate();
  const { id } = workflow;
  const last = useRead(api.listRuns, { params: { id }, query: { limit: 1 } });
  const known = useRead(api.listClusters, { query: { limit: 100 } });
  const clusters = known.data?.clusters ?? [];
  const usual = clusters.find((cluster) => cluster.id === known.data?.default) ?? clusters[0];
  const before = last.data?.runs[0];
  const own = workflow.cluster_id || undefined;
  const meant = search.intent === "undeploy" ? (before?.cluster ?? own) : (own ?? before?.cluster);
  return {
    cluster: search.cluster ?? meant ?? usual?.name ?? "",
    namespace: search.namespace ?? before?.namespace ?? "default",
    clusters,
    isPending: last.isPending || known.isPending,
    choose: (next) =>
      void navigate({
        to: "/workflows/$id/plan",
        params: { id },
        search: { ...search, ...next },
        replace: true,
      }),
  };
}
