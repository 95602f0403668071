import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { useSend } from "../../api.ts";
import { Button } from "../../parts/Button.tsx";
import { Checkbox } from "../../parts/Choices.tsx";
import { ErrorPanel } from "../../parts/ErrorPanel.tsx";
import { Field } from "../../parts/Field.tsx";
import { TextArea, TextInput } from "../../parts/Inputs.tsx";
import { Note } from "../../parts/Note.tsx";
import { Panel } from "../../parts/Page.tsx";
import { toast } from "../../parts/toast.ts";
import { RemoveCluster } from "../clusters/RemoveCluster.tsx";
import { clustersChanged, useClusterDeeds } from "../clusters/use-cluster-deeds.ts";
import styles from "./ClusterPage.module.css";
import { Leave } from "./Leave.tsx";
import { WayForm } from "./WayForm.tsx";

/** What can be changed about a cluster by somebody who may do so much with it. */
export function Settings({ cluster }: { cluster: Cluster }) {
  const { role, shared, simulated } = cluster;
  return (
    <div className={styles.stack}>
      <Default cluster={cluster} />
      {(role === "owner" || role === "admin") && (
        <Panel title="About">
          <AboutForm cluster={cluster} />
        </Panel>
      )}
      {role === "owner" && !simulated && (
        <Panel title="Replace the way in">
          <WayForm cluster={cluster} />
        </Panel>
      )}
      {shared && <Leave cluster={cluster} />}
      {role === "owner" && <Removal name={cluster.name} />}
    </div>
  );
}

function Default({ cluster }: { cluster: Cluster }) {
  const { makeDefault } = useClusterDeeds(cluster.name);
  if (cluster.default)
    return <Note tone="ok">This is your default cluster: new workflows start with it.</Note>;
  return (
    <Note
      tone="idle"
      action={
        <Button size="small" onClick={makeDefault}>
          Make default
        </Button>
      }
    >
      New workflows start with the default cluster, which is another one.
    </Note>
  );
}

function AboutForm({ cluster }: { cluster: Cluster }) {
  const { name } = cluster;
  const [displayName, setDisplayName] = useState(cluster.displayName);
  const [description, setDescription] = useState(cluster.description);
  const [singleNode, setSingleNode] = useState(cluster.singleNode);
  const edit = useSend(api.updateCluster, {
    onSuccess: async () => {
      toast({ tone: "ok", title: `${name} was changed` });
      await clustersChanged();
    },
  });
  const body = { displayName: displayName.trim(), description: description.trim(), singleNode };
  return (
    <form className={styles.form} action={() => edit.mutate({ params: { name }, body })}>
      <Field label="Display name" hint="optional">
        {(id) => <TextInput id={id} value={displayName} onChange={setDisplayName} maxLength={200} />}
      </Field>
      <Field label="Description" hint="optional">
        {(id) => (
          <TextArea id={id} rows={2} value={description} onChange={setDescription} maxLength={4_096} />
        )}
      </Field>
      <Checkbox
        label="Single node"
        help="A cluster on one machine: services are reached through its own address."
        checked={singleNode}
        onChange={setSingleNode}
      />
      {edit.error && <ErrorPanel error={edit.error} />}
      <div className={styles.actions}>
        <Button type="submit" busy={edit.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}

function Removal({ name }: { name: string }) {
  const [removing, setRemoving] = useState(false);
  const navigate = useNavigate();
  return (
    <Panel title="Remove">
      <p>Orrery forgets the cluster and its credentials. What runs in it goes on.</p>
      <div className={styles.actions}>
        <Button variant="danger" onClick={() => setRemoving(true)}>
          Remove cluster…
        </Button>
      </div>
      <RemoveCluster
        name={name}
        open={removing}
        onOpenChange={setRemoving}
        onRemoved={() => void navigate({ to: "/clusters" })}
      />
    </Panel>
  );
}
