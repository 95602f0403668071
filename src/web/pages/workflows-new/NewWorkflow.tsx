import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../../contract/api.ts";
import { useRead, useSend } from "../../api.ts";
import { useDisconnected } from "../../live/connection.ts";
import { Button } from "../../parts/Button.tsx";
import { RadioGroup, Select } from "../../parts/Choices.tsx";
import { Field } from "../../parts/Field.tsx";
import { TextInput } from "../../parts/Inputs.tsx";
import { Page, Panel } from "../../parts/Page.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Refusal } from "../../shell/Refusal.tsx";
import { workflowsChanged } from "../workflows/use-workflow-deeds.ts";
import styles from "./NewWorkflow.module.css";

const blank = "blank";

/** Begins a drawing: empty, or with a whole application in it. */
export function NewWorkflow(): React.ReactNode {
  const { stack } = useSearch({ from: "/in/workflows/new" });
  const [name, setName] = useState("");
  const [cluster, setCluster] = useState("");
  const [start, setStart] = useState(stack ?? blank);
  const navigate = useNavigate();
  const disconnected = useDisconnected();
  const { mutate, error, isPending } = useSend(api.createWorkflow, {
    onSuccess: async ({ workflow }) => {
      await workflowsChanged();
      await navigate({ to: "/workflows/$id", params: { id: workflow.id } });
    },
  });
  const send = () =>
    mutate({
      body: {
        name,
        ...(cluster && { cluster_id: cluster }),
        ...(start !== blank && { stack: start }),
      },
    });

  return (
    <Page narrow>
      <PageHead title="New workflow" crumbs={[{ label: "Workflows", link: { to: "/workflows" } }]} />
      <Panel>
        <form className={styles.form} action={send}>
          <Field label="Name">
            {(id) => (
              <TextInput
                id={id}
                required
                maxLength={200}
                autoComplete="off"
                value={name}
                onChange={setName}
              />
            )}
          </Field>
          <ClusterChoice value={cluster} onChange={setCluster} />
          <StartChoice value={start} onChange={setStart} />
          <Refusal error={error} />
          <div>
            <Button type="submit" variant="primary" busy={isPending} disabledReason={disconnected}>
              Create
            </Button>
          </div>
        </form>
      </Panel>
    </Page>
  );
}

interface ChoiceProps {
  value: string;
  onChange(value: string): void;
}

/** Where it is to run; that can be left open, and changed. */
export function ClusterChoice({ value, onChange }: ChoiceProps) {
  const { data } = useRead(api.listClusters, { query: { limit: 100, sort: "name", order: "asc" } });
  const names = (data?.clusters ?? []).map(({ name, simulated }) => ({
    value: name,
    label: simulated ? `${name} (simulated)` : name,
  }));
  // One that is chosen and no longer there is still what is chosen.
  const known = names.some((each) => each.value === value) || value === "";
  const options = [{ value: "", label: "None yet" }, ...names, ...(known ? [] : [{ value, label: value }])];

  return (
    <Field label="Cluster" hint="optional" help="Drawing and saving never touch a cluster.">
      {(id, describedBy) => (
        <Select id={id} describedBy={describedBy} value={value} onChange={onChange} options={options} />
      )}
    </Field>
  );
}

function StartChoice({ value, onChange }: ChoiceProps) {
  const { data } = useRead(api.listStacks, {});
  const stacks = (data?.stacks ?? []).map(({ id, name, description }) => ({
    value: id,
    label: name,
    help: description,
  }));

  return (
    <RadioGroup
      label="Start with"
      value={value}
      onChange={onChange}
      options={[{ value: blank, label: "A blank drawing", help: "Add what you need yourself." }, ...stacks]}
    />
  );
}
