import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { useSend } from "../../api.ts";
import { Button } from "../../parts/Button.tsx";
import { Checkbox } from "../../parts/Choices.tsx";
import { ErrorPanel } from "../../parts/ErrorPanel.tsx";
import { Field } from "../../parts/Field.tsx";
import { TextInput } from "../../parts/Inputs.tsx";
import { Page, Panel } from "../../parts/Page.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import styles from "../clusters/Clusters.module.css";
import {
  type ClusterForm,
  emptyWay,
  type Faults,
  faultsIn,
  missingIn,
  nameFault,
  newCluster,
  suggestedName,
} from "../clusters/cluster-form.ts";
import { clustersChanged } from "../clusters/use-cluster-deeds.ts";
import { readLater } from "../clusters/use-kubeconfig.ts";
import { WayFields } from "../clusters/WayFields.tsx";
import { Added } from "./Added.tsx";

/** Connects a cluster; one that does not answer is kept all the same. */
export function NewCluster(): React.ReactNode {
  const [added, setAdded] = useState<Cluster>();
  return (
    <Page narrow>
      <PageHead title="Add cluster" crumbs={[{ label: "Clusters", link: { to: "/clusters" } }]} />
      {added ? <Added cluster={added} /> : <AddForm onAdded={setAdded} />}
    </Page>
  );
}

function AddForm({ onAdded }: { onAdded: (cluster: Cluster) => void }) {
  const { form, change, rename, missing, addition, submit } = useAddition(onAdded);
  const refused = faultsIn(addition.error);
  const faults: Faults = { ...refused, ...missing };
  return (
    <form className={styles.fields} action={submit} noValidate>
      <Panel title="Way in">
        <WayFields form={form} faults={faults} onChange={change} />
      </Panel>
      <Panel title="Name and options">
        <Field
          label="Name"
          help="What workflows call it; it stays. Small letters, digits and dashes."
          error={faults.name}
        >
          {(id, describedBy) => (
            <TextInput id={id} describedBy={describedBy} code value={form.name} onChange={rename} />
          )}
        </Field>
        <Checkbox
          label="Single node"
          help="A cluster on one machine: services are reached through its own address."
          checked={form.singleNode}
          onChange={(singleNode) => change({ singleNode })}
        />
      </Panel>
      {addition.error && Object.keys(refused).length === 0 && <ErrorPanel error={addition.error} />}
      <div className={styles.actions}>
        <Button type="submit" variant="primary" busy={addition.isPending}>
          {addition.isPending ? "Testing the connection" : "Add cluster"}
        </Button>
      </div>
    </form>
  );
}

function useAddition(onAdded: (cluster: Cluster) => void) {
  const [form, setForm] = useState<ClusterForm>({ ...emptyWay, name: "", singleNode: false });
  const [isNamed, setNamed] = useState(false);
  const [missing, setMissing] = useState<Faults>({});
  const addition = useSend(api.addCluster, {
    onSuccess: async ({ cluster }) => {
      onAdded(cluster);
      await clustersChanged();
    },
  });

  const change = (patch: Partial<ClusterForm>) => {
    const next = { ...form, ...patch };
    setForm(next);
    setMissing({});
    if (!isNamed) void nameFrom(patch).then((name) => name && setForm(renamed(next.name, name)));
  };

  return {
    form,
    missing,
    addition,
    change,
    rename(name: string) {
      setNamed(name !== "");
      setForm({ ...form, name });
      setMissing({});
    },
    submit() {
      const name = nameFault(form.name);
      const found = { ...missingIn(form), ...(name && { name }) };
      setMissing(found);
      if (Object.keys(found).length === 0) addition.mutate({ body: newCluster(form) });
    },
  };
}

/** What the cluster is called in the file that has just been given. */
async function nameFrom({ context, kubeconfig }: Partial<ClusterForm>): Promise<string> {
  if (context) return suggestedName(context);
  return kubeconfig ? suggestedName((await readLater(kubeconfig))?.current ?? "") : "";
}

/** Gives the name that was found, unless another has been typed meanwhile. */
function renamed(before: string, name: string): (form: ClusterForm) => ClusterForm {
  return (form) => (form.name === before ? { ...form, name } : form);
}
