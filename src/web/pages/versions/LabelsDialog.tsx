import { useId, useState } from "react";
import { api } from "../../../contract/api.ts";
import type { VersionSummary } from "../../../contract/versions.ts";
import { invalidate, useSend } from "../../api.ts";
import { flushDraft } from "../../canvas/draft.ts";
import { Button } from "../../parts/Button.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Field } from "../../parts/Field.tsx";
import { TextArea, TextInput } from "../../parts/Inputs.tsx";
import { useSession } from "../../session.ts";
import styles from "./Versions.module.css";

interface LabelsProps {
  id: string;
  /** The version to rename; without one the draft is saved as a new version. */
  version?: VersionSummary;
  onClose: () => void;
}

/** What people say of a version: a name, a tag and a note. */
export function LabelsDialog({ id, version, onClose }: LabelsProps) {
  const [name, setName] = useState(version?.name ?? "");
  const [tag, setTag] = useState(version?.tag ?? "");
  const [description, setNote] = useState(version?.description ?? "");
  const formId = useId();
  const { send, isPending, error } = useSaving({ id, version, onDone: onClose });
  return (
    <Dialog
      title={version ? `Rename v${version.version}` : "Save version"}
      description={version ? undefined : "Keeps the drawing as it is now. Nothing is deployed."}
      open
      onOpenChange={(open) => !open && onClose()}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={isPending}>
            {version ? "Save" : "Save version"}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void send({ name, tag, description });
        }}
      >
        <Field label="Name" hint="optional">
          {(field) => <TextInput id={field} value={name} onChange={setName} maxLength={200} autoFocus />}
        </Field>
        <Field label="Tag" hint="optional">
          {(field) => <TextInput id={field} value={tag} onChange={setTag} maxLength={64} />}
        </Field>
        <Field label="Note" hint="optional">
          {(field) => <TextArea id={field} value={description} onChange={setNote} maxLength={4_096} />}
        </Field>
        {error && <p role="alert">{error.message}</p>}
      </form>
    </Dialog>
  );
}

interface Labels {
  name: string;
  tag: string;
  description: string;
}

function useSaving({
  id,
  version,
  onDone,
}: {
  id: string;
  version: VersionSummary | undefined;
  onDone: () => void;
}) {
  const userId = useSession(({ user }) => user?.id ?? "");
  const onSuccess = () => {
    void invalidate(api.listVersions);
    onDone();
  };
  const create = useSend(api.createVersion, { onSuccess });
  const update = useSend(api.updateVersion, { onSuccess });

  async function send({ name, tag, description }: Labels): Promise<void> {
    if (version) {
      const params = { id, version: String(version.version) };
      update.mutate({ params, body: { name, tag, description } });
      return;
    }
    // What is saved as a version is what is drawn, and not what was sent a moment ago.
    await flushDraft(id, userId);
    create.mutate({ params: { id }, body: { ...(name && { name }), ...(tag && { tag }), description } });
  }
  return { send, isPending: create.isPending || update.isPending, error: create.error ?? update.error };
}
