import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { useRead, useSend } from "../../api.ts";
import { WorkflowNav } from "../../deploy/WorkflowNav.tsx";
import { Button } from "../../parts/Button.tsx";
import { Field } from "../../parts/Field.tsx";
import { TextArea, TextInput } from "../../parts/Inputs.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Page, Panel } from "../../parts/Page.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { toast } from "../../parts/toast.ts";
import { useOffered } from "../../shell/actions.ts";
import { Refusal } from "../../shell/Refusal.tsx";
import { useWorkflowDeeds, workflowsChanged } from "../workflows/use-workflow-deeds.ts";
import { type Deed, WorkflowDialog } from "../workflows/WorkflowDialogs.tsx";
import styles from "../workflows-new/NewWorkflow.module.css";
import { ClusterChoice } from "../workflows-new/NewWorkflow.tsx";

/** What a workflow is called, where it runs, and its end. */
export function WorkflowSettings(): React.ReactNode {
  const { id } = useParams({ from: "/in/workflows/$id/settings" });
  const workflow = useRead(api.getWorkflow, { params: { id } });
  const name = workflow.data?.name ?? "Workflow";

  return (
    <Page narrow>
      <PageHead
        title="Settings"
        crumbs={[
          { label: "Workflows", link: { to: "/workflows" } },
          { label: name, link: { to: "/workflows/$id", params: { id } } },
        ]}
      />
      <WorkflowNav id={id} />
      <Loaded query={workflow}>
        {(data) => (
          <div className={styles.form}>
            <Description workflow={data} />
            <Ending workflow={data} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Description({ workflow }: { workflow: Workflow }) {
  const [name, setName] = useState(workflow.name);
  const [description, setDescription] = useState(workflow.description);
  const [tags, setTags] = useState(workflow.tags.join(", "));
  const [cluster_id, setCluster] = useState(workflow.cluster_id);
  const { mutate, error, isPending } = useSend(api.updateWorkflow, {
    onSuccess: () => toast({ tone: "ok", title: "Settings saved" }),
    onSettled: workflowsChanged,
  });
  const list = tags.split(",").flatMap((tag) => tag.trim() || []);
  const body = { name, description, cluster_id, tags: list };
  const isSame = JSON.stringify(body) === JSON.stringify(settingsOf(workflow));
  const save = () => {
    if (!isSame) mutate({ params: { id: workflow.id }, body });
  };

  return (
    <Panel title="Description">
      <form className={styles.form} action={save}>
        <Field label="Name">
          {(id) => <TextInput id={id} required maxLength={200} value={name} onChange={setName} />}
        </Field>
        <Field label="Description" hint="optional">
          {(id) => <TextArea id={id} maxLength={4_096} value={description} onChange={setDescription} />}
        </Field>
        <Field label="Tags" hint="optional" help="Separated by commas.">
          {(id, describedBy) => (
            <TextInput id={id} describedBy={describedBy} value={tags} onChange={setTags} />
          )}
        </Field>
        <ClusterChoice value={cluster_id} onChange={setCluster} />
        <Refusal error={error} />
        <div>
          <Button
            type="submit"
            variant="primary"
            busy={isPending}
            disabledReason={isSame ? "Nothing has changed" : undefined}
          >
            Save
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function settingsOf({ name, description, cluster_id, tags }: Workflow) {
  return { name, description, cluster_id, tags };
}

function Ending({ workflow }: { workflow: Workflow }) {
  const [deed, setDeed] = useState<Deed>();
  const navigate = useNavigate();
  const { unarchive } = useWorkflowDeeds(workflow.id, workflow.name);
  const isArchived = workflow.status === "archived";
  useOffered([
    isArchived
      ? { id: "unarchive", label: `Unarchive ${workflow.name}`, run: unarchive }
      : { id: "archive", label: `Archive ${workflow.name}`, run: () => setDeed("archive") },
  ]);

  return (
    <Panel title="Archive and delete">
      <p>An archived workflow keeps its drawing and its history, and can be brought back.</p>
      <div className={styles.buttons}>
        {isArchived ? (
          <Button onClick={unarchive}>Unarchive</Button>
        ) : (
          <Button onClick={() => setDeed("archive")}>Archive…</Button>
        )}
        <Button variant="danger" onClick={() => setDeed("delete")}>
          Delete…
        </Button>
      </div>
      {deed && (
        <WorkflowDialog
          deed={deed}
          workflow={workflow}
          close={() => setDeed(undefined)}
          onDeleted={() => void navigate({ to: "/workflows" })}
        />
      )}
    </Panel>
  );
}
