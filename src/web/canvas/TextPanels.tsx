import { type FocusEvent, type FormEvent, type ReactNode, useId, useState } from "react";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { Field } from "../parts/Field.tsx";
import { TextArea, TextInput } from "../parts/Inputs.tsx";
import { groupNodes, writeNote } from "./arrange.ts";
import { useDesk } from "./board-store.ts";
import { middleOf, rename } from "./commands.ts";
import { useGraph, useNode } from "./graph-store.ts";
import { counted, namespaceOf } from "./node-words.ts";

interface FormProps {
  title: string;
  action: string;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

function TextPanel({ title, action, onSubmit, onClose, children }: FormProps) {
  const formId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onClose();
    onSubmit();
  };
  return (
    <Dialog
      title={title}
      open
      size="small"
      onOpenChange={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId}>
            {action}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        {children}
      </form>
    </Dialog>
  );
}

/** Typing takes the place of what stands there. */
const ready = {
  autoFocus: true,
  onFocus: (event: FocusEvent<HTMLInputElement>) => event.currentTarget.select(),
};

const wrongName = "Lower case letters, digits and “-”, beginning and ending with a letter or digit";

/** Asks what a node is to be called. */
export function RenamePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const desk = useDesk();
  const node = useNode(id);
  const [name, setName] = useState(node ? nameOfNode(node) : "");
  if (!node) return null;
  const isWrong = !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name.trim());
  return (
    <TextPanel
      title={`Rename ${nameOfNode(node)}`}
      action="Rename"
      onSubmit={() => rename(desk, id, name)}
      onClose={onClose}
    >
      <Field label="Name" error={isWrong && name !== "" ? wrongName : undefined}>
        {(fieldId, describedBy) => (
          <TextInput {...ready} id={fieldId} describedBy={describedBy} value={name} onChange={setName} />
        )}
      </Field>
    </TextPanel>
  );
}

/** Asks for the words of a note; without any the note goes. */
export function NotePanel({ id, onClose }: { id?: string; onClose: () => void }) {
  const desk = useDesk();
  const note = useGraph(({ graph }) => graph.extras.notes.find((each) => each.id === id));
  const [text, setText] = useState(note?.text ?? "");
  return (
    <TextPanel
      title={note ? "Note" : "New note"}
      action="Keep note"
      onSubmit={() => writeNote(desk, text, id, middleOf(desk))}
      onClose={onClose}
    >
      <Field label="Text" help="Seen on the canvas alone. An empty note is removed.">
        {(fieldId, describedBy) => (
          <TextArea autoFocus id={fieldId} describedBy={describedBy} value={text} onChange={setText} />
        )}
      </Field>
    </TextPanel>
  );
}

/** Asks for the title of a group. */
export function GroupPanel({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const desk = useDesk();
  const suggested = useGraph(({ graph }) => {
    const [first] = ids;
    const node = first === undefined ? undefined : graph.nodes.get(first);
    return (node && namespaceOf(node)) || "group";
  });
  const [title, setTitle] = useState(suggested);
  return (
    <TextPanel
      title={`Group ${counted(ids.length, "node")}`}
      action="Group"
      onSubmit={() => groupNodes(desk, ids, title.trim() || suggested)}
      onClose={onClose}
    >
      <Field label="Title" help="A frame on the canvas alone: nothing of it is deployed.">
        {(fieldId, describedBy) => (
          <TextInput {...ready} id={fieldId} describedBy={describedBy} value={title} onChange={setTitle} />
        )}
      </Field>
    </TextPanel>
  );
}
