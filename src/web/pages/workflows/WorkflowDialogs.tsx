import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { Button } from "../../parts/Button.tsx";
import { Checkbox } from "../../parts/Choices.tsx";
import { Confirm } from "../../parts/Confirm.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Field } from "../../parts/Field.tsx";
import { TextInput } from "../../parts/Inputs.tsx";
import { Refusal } from "../../shell/Refusal.tsx";
import type { Summary } from "./summary.ts";
import { useWorkflowDeeds } from "./use-workflow-deeds.ts";

export type Deed = "rename" | "clone" | "archive" | "delete";

interface DeedProps {
  workflow: Pick<Summary, "id" | "name" | "deployed_version">;
  close(): void;
  /** It is gone, and so is any page about it. */
  onDeleted?(): void;
}

/** Asks what has to be asked before a workflow is renamed, cloned, archived or deleted. */
export function WorkflowDialog({ deed, ...props }: DeedProps & { deed: Deed }) {
  if (deed === "archive") return <Archive {...props} />;
  return deed === "delete" ? <Delete {...props} /> : <Name deed={deed} {...props} />;
}

function Name({ deed, workflow, close }: DeedProps & { deed: "rename" | "clone" }) {
  const isClone = deed === "clone";
  const [name, setName] = useState(isClone ? `${workflow.name} copy` : workflow.name);
  const { clone, rename } = useWorkflowDeeds(workflow.id, workflow.name);
  const navigate = useNavigate();
  const formId = useId();
  const { error, isPending } = isClone ? clone : rename;

  function open(id: string): void {
    close();
    void navigate({ to: "/workflows/$id", params: { id } });
  }
  function send(): void {
    if (isClone) clone.start(name, open);
    else rename.start(name, close);
  }

  return (
    <Dialog
      title={isClone ? `Clone ${workflow.name}` : `Rename ${workflow.name}`}
      description={isClone ? "Copies the drawing, without runs, versions and secret values." : undefined}
      open
      onOpenChange={close}
      size="small"
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={isPending}>
            {isClone ? "Clone" : "Rename"}
          </Button>
        </>
      }
    >
      <form id={formId} action={send}>
        <Field label="Name">
          {(id) => <TextInput id={id} required maxLength={200} value={name} onChange={setName} />}
        </Field>
      </form>
      <Refusal error={error} />
    </Dialog>
  );
}

/** What is deployed is taken away only by a plan that was looked at. */
function Archive({ workflow: { id, name, deployed_version }, close }: DeedProps) {
  const isDeployed = deployed_version !== undefined;
  const [keep, setKeep] = useState(false);
  const { archive } = useWorkflowDeeds(id, name);
  const navigate = useNavigate();
  const takesAway = isDeployed && !keep;

  function confirm(): void {
    if (!takesAway) archive.start(close);
    else {
      close();
      void navigate({ to: "/workflows/$id/plan", params: { id }, search: { intent: "undeploy" } });
    }
  }

  return (
    <Confirm
      title={`Archive ${name}?`}
      text={
        takesAway
          ? "What it deployed is deleted in the cluster; claims and their data stay. You are shown all of it before anything goes. It can be unarchived and deployed again."
          : "It can no longer be edited or deployed until it is unarchived. Nothing in a cluster changes."
      }
      action={takesAway ? "Review what goes" : "Archive"}
      open
      onOpenChange={close}
      busy={archive.isPending}
      error={archive.error?.message}
      onConfirm={confirm}
    >
      {isDeployed && <Checkbox checked={keep} onChange={setKeep} label="Keep everything in the cluster" />}
    </Confirm>
  );
}

function Delete({ workflow, close, onDeleted }: DeedProps) {
  const { remove } = useWorkflowDeeds(workflow.id, workflow.name);
  const isDeployed = workflow.deployed_version !== undefined;

  return (
    <Confirm
      title={`Delete ${workflow.name}?`}
      text={
        isDeployed
          ? `Its drawing, versions and runs are gone for good. What version ${workflow.deployed_version} deployed stays in the cluster, and nothing here will manage it any more. Archive it instead to remove that too.`
          : "Its drawing, versions and runs are gone for good. Nothing of it is in a cluster."
      }
      action="Delete"
      danger
      typed={isDeployed ? workflow.name : undefined}
      open
      onOpenChange={close}
      busy={remove.isPending}
      error={remove.error?.message}
      onConfirm={() =>
        remove.start(() => {
          close();
          onDeleted?.();
        })
      }
    />
  );
}
