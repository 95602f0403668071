import { api } from "../../../contract/api.ts";
import { invalidate, useSend } from "../../api.ts";
import { toast } from "../../parts/toast.ts";
import { toastFailure } from "../../parts/toast-failure.ts";

/** What is known of clusters may have changed. */
export function clustersChanged(): Promise<unknown> {
  return Promise.all([
    invalidate(api.listClusters),
    invalidate(api.getCluster),
    invalidate(api.getClusterLogs),
    invalidate(api.getClusterMetrics),
  ]);
}

/** What can be done with a cluster from wherever it is shown; each says how it went. */
export function useClusterDeeds(name: string) {
  const params = { name };
  const onSettled = clustersChanged;
  const test = useSend(api.testCluster, {
    onSuccess: ({ version }) => toast({ tone: "ok", title: `${name} answers`, text: `Version ${version}` }),
    onError: toastFailure(`${name} does not answer`),
    onSettled,
  });
  const refresh = useSend(api.refreshCluster, {
    onSuccess: () => toast({ tone: "ok", title: `${name} was looked at again` }),
    onError: toastFailure(`${name} could not be looked at`),
    onSettled,
  });
  const makeDefault = useSend(api.setDefaultCluster, {
    onSuccess: () => toast({ tone: "ok", title: `${name} is the default now` }),
    onError: toastFailure(`${name} could not be made the default`),
    onSettled,
  });
  return {
    test: () => test.mutate({ params }),
    refresh: () => refresh.mutate({ params }),
    makeDefault: () => makeDefault.mutate({ params }),
    isTesting: test.isPending,
    isRefreshing: refresh.isPending,
  };
}
