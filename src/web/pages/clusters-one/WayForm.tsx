import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { useSend } from "../../api.ts";
import { Button } from "../../parts/Button.tsx";
import { ErrorPanel } from "../../parts/ErrorPanel.tsx";
import { toast } from "../../parts/toast.ts";
import {
  emptyWay,
  type Faults,
  faultsIn,
  missingIn,
  type WayForm as Way,
  wayIn,
} from "../clusters/cluster-form.ts";
import { clustersChanged } from "../clusters/use-cluster-deeds.ts";
import { WayFields } from "../clusters/WayFields.tsx";
import styles from "./ClusterPage.module.css";

/** Replaces server and credentials by ones that work. What is stored is never shown again. */
export function WayForm({ cluster }: { cluster: Cluster }) {
  const { name, authType, namespace, insecure } = cluster;
  const server = authType === "kubeconfig" ? "" : cluster.server;
  const before: Way = { ...emptyWay, way: authType, server, namespace, insecure };
  const [form, setForm] = useState(before);
  const [missing, setMissing] = useState<Faults>({});
  const replacement = useSend(api.updateCluster, {
    onSuccess: async () => {
      toast({ tone: "ok", title: `${name} is connected` });
      setForm(before);
      await clustersChanged();
    },
  });
  const refused = faultsIn(replacement.error);
  const submit = () => {
    const found = missingIn(form);
    setMissing(found);
    if (Object.keys(found).length === 0) replacement.mutate({ params: { name }, body: wayIn(form) });
  };
  const change = (patch: Partial<Way>) => {
    setForm({ ...form, ...patch });
    setMissing({});
  };
  return (
    <form className={styles.form} action={submit} noValidate>
      <p className={styles.quiet}>
        What is stored is not shown. Something new is tried first; if it does not work, nothing changes.
      </p>
      <WayFields form={form} faults={{ ...refused, ...missing }} onChange={change} />
      {replacement.error && Object.keys(refused).length === 0 && <ErrorPanel error={replacement.error} />}
      <div className={styles.actions}>
        <Button type="submit" busy={replacement.isPending}>
          {replacement.isPending ? "Testing the connection" : "Test and replace"}
        </Button>
      </div>
    </form>
  );
}
