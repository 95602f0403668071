import { api } from "../../../contract/api.ts";
import { useRead, useSend } from "../../api.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { toast } from "../../parts/toast.ts";
import styles from "./Clusters.module.css";
import { clustersChanged } from "./use-cluster-deeds.ts";

export interface RemoveClusterProps {
  name: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onRemoved?: (() => void) | undefined;
}

/** Asks before a cluster is forgotten, and says which workflows are deployed to it. */
export function RemoveCluster({ name, open, onOpenChange, onRemoved }: RemoveClusterProps) {
  const removal = useSend(api.deleteCluster, {
    onSuccess: async () => {
      onOpenChange(false);
      toast({ tone: "ok", title: `${name} was removed` });
      onRemoved?.();
      await clustersChanged();
    },
  });
  return (
    <Confirm
      title={`Remove ${name}?`}
      text="Orrery forgets the cluster and its credentials. What runs in it goes on."
      action="Remove cluster"
      danger
      busy={removal.isPending}
      error={removal.error?.message}
      open={open}
      onOpenChange={(next) => {
        removal.reset();
        onOpenChange(next);
      }}
      onConfirm={() => removal.mutate({ params: { name } })}
    >
      {open && <WorkflowsOf name={name} />}
    </Confirm>
  );
}

/** The workflows that are drawn for this cluster. */
export function WorkflowsOf({ name, none }: { name: string; none?: string }) {
  const { data } = useRead(api.listWorkflows, { query: { limit: 100, fields: "summary" } });
  const using = data?.workflows.filter(({ cluster_id }) => cluster_id === name) ?? [];
  if (!data) return null;
  if (using.length === 0) return none ? <p className={styles.quiet}>{none}</p> : null;
  return (
    <>
      <p className={styles.quiet}>
        {using.length === 1 ? "One workflow uses it:" : `${using.length} workflows use it:`}
      </p>
      <ul className={styles.workflows}>
        {using.map((workflow) => (
          <li key={workflow.id}>{workflow.name}</li>
        ))}
      </ul>
    </>
  );
}
