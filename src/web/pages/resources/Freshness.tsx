import { RefreshCw } from "lucide-react";
import { api } from "../../../contract/api.ts";
import type { Result } from "../../../contract/operation.ts";
import { invalidate, useRead, useSend } from "../../api.ts";
import { useDisconnected } from "../../live/connection.ts";
import { Button } from "../../parts/Button.tsx";
import { toast } from "../../parts/toast.ts";
import { When } from "../../parts/When.tsx";
import styles from "./Freshness.module.css";

type Synced = Result<typeof api.syncResources>;

/** When each cluster was looked at, and whether it can be just now. */
export function Freshness({ syncedAt }: { syncedAt: Readonly<Record<string, string | null>> }) {
  const { data } = useRead(api.listClusters, { query: { limit: 100 } });
  const statuses = new Map(data?.clusters.map(({ name, status }) => [name, status]));
  return (
    <ul className={styles.list}>
      {Object.entries(syncedAt).map(([name, at]) => {
        const isAway = statuses.get(name) === "error" || statuses.get(name) === "disconnected";
        return (
          <li key={name} className={styles.cluster} data-away={isAway}>
            <strong>{name}</strong>
            {isAway && <span>not answering,</span>}
            {at === null ? (
              <span>not looked at yet</span>
            ) : (
              <span>
                synced <When at={at} />
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Looks at the clusters anew: one, or all. */
export function SyncButton({ cluster }: { cluster: string | undefined }) {
  const disconnected = useDisconnected();
  const { mutate, isPending } = useSync();
  return (
    <Button
      icon={RefreshCw}
      busy={isPending}
      disabledReason={disconnected}
      onClick={() => mutate({ body: cluster === undefined ? {} : { cluster } })}
    >
      Sync
    </Button>
  );
}

export function useSync() {
  return useSend(api.syncResources, {
    onSuccess: tell,
    onSettled: () => invalidate(api.listResources),
    onError: (error) => toast({ tone: "bad", title: "The sync did not work", text: error.message }),
  });
}

function tell({ clusters }: Synced): void {
  for (const { name, success, error } of clusters)
    if (!success)
      toast({ tone: "warn", title: `${name} could not be read completely`, text: error ?? undefined });
}
