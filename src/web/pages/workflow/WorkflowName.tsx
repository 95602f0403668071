import { Link } from "@tanstack/react-router";
import { ArrowLeft, Pencil } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { api } from "../../../contract/api.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { queries, queryOf, useSend } from "../../api.ts";
import { IconButton } from "../../parts/Button.tsx";
import { TextInput } from "../../parts/Inputs.tsx";
import { toast } from "../../parts/toast.ts";
import styles from "./Editor.module.css";

/** What the workflow is called, to be changed in its place. */
export function WorkflowName({ workflow }: { workflow: Workflow }) {
  const [typed, setTyped] = useState<string>();
  const rename = useRename(workflow);
  const keep = () => {
    const name = typed?.trim();
    setTyped(undefined);
    if (name && name !== workflow.name) rename(name);
  };
  const press = ({ key }: KeyboardEvent) => {
    if (key === "Enter") keep();
    if (key === "Escape") setTyped(undefined);
  };
  return (
    <>
      <Link to="/" className={styles.back} aria-label="Back">
        <ArrowLeft size={16} aria-hidden />
      </Link>
      {typed === undefined ? (
        <>
          <h1 tabIndex={-1}>{workflow.name}</h1>
          <IconButton
            label="Rename workflow"
            icon={Pencil}
            size="small"
            onClick={() => setTyped(workflow.name)}
          />
        </>
      ) : (
        <TextInput
          aria-label="Name of the workflow"
          className={styles.nameField}
          autoFocus
          maxLength={200}
          value={typed}
          onChange={setTyped}
          onBlur={keep}
          onKeyDown={press}
        />
      )}
    </>
  );
}

function useRename({ id }: Workflow): (name: string) => void {
  const send = useSend(api.updateWorkflow, {
    onSuccess: (changed) =>
      queries.setQueryData(queryOf(api.getWorkflow, { params: { id } }).queryKey, changed),
    onError: ({ message }) => toast({ tone: "bad", title: "It keeps its name", text: message }),
  });
  return (name) => send.mutate({ params: { id }, body: { name } });
}
