import { Plus, X } from "lucide-react";
import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { Result } from "../../../contract/operation.ts";
import type { Resource, ResourceMarks } from "../../../contract/resources.ts";
import { invalidate, queries, queryOf, useSend } from "../../api.ts";
import { Button, IconButton } from "../../parts/Button.tsx";
import { Field } from "../../parts/Field.tsx";
import { TextArea, TextInput } from "../../parts/Inputs.tsx";
import styles from "./OverviewTab.module.css";
import { Section } from "./Section.tsx";

/** What somebody keeps beside an object: nobody else sees it, and the cluster does not know. */
export function Marks({ resource }: { resource: Resource }) {
  const { id } = resource;
  const { mutate, error } = useSend(api.updateResource, {
    onSuccess: (answer) => {
      const { queryKey } = queryOf(api.getResource, { params: { id } });
      queries.setQueryData(
        queryKey,
        (known: Result<typeof api.getResource> | undefined) =>
          known && { ...known, resource: answer.resource },
      );
      void invalidate(api.listResources);
    },
  });
  const keep = (body: ResourceMarks) => mutate({ params: { id }, body });
  return (
    <Section title="Yours">
      <div className={styles.notes}>
        <Tags tags={resource.userTags} onChange={(userTags) => keep({ userTags })} />
        <Notes notes={resource.userNotes} onKeep={(userNotes) => keep({ userNotes })} />
        {error && <p role="alert">Not kept: {error.message}</p>}
      </div>
    </Section>
  );
}

function Tags({ tags, onChange }: { tags: readonly string[]; onChange: (tags: string[]) => void }) {
  const [typed, type] = useState("");
  const tag = typed.trim();
  const add = () => {
    if (tag !== "" && !tags.includes(tag)) onChange([...tags, tag]);
    type("");
  };
  return (
    <div>
      {tags.length > 0 && (
        <ul className={styles.tags} aria-label="Tags">
          {tags.map((each) => (
            <li key={each} className={styles.tag}>
              {each}
              <button
                type="button"
                aria-label={`Remove the tag ${each}`}
                onClick={() => onChange(tags.filter((other) => other !== each))}
              >
                <X size={12} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Field label="Add a tag">
        {(fieldId) => (
          <form className={styles.add} action={add}>
            <TextInput id={fieldId} value={typed} onChange={type} maxLength={64} autoComplete="off" />
            <IconButton type="submit" variant="plain" label="Add the tag" icon={Plus} />
          </form>
        )}
      </Field>
    </div>
  );
}

function Notes({ notes, onKeep }: { notes: string; onKeep: (notes: string) => void }) {
  const [typed, type] = useState(notes);
  const isKept = typed === notes;
  return (
    <Field label="Notes" hint="only you see them">
      {(fieldId) => (
        <>
          <TextArea id={fieldId} value={typed} onChange={type} rows={3} maxLength={10_000} />
          {!isKept && (
            <div className={styles.add}>
              <Button size="small" variant="primary" onClick={() => onKeep(typed)}>
                Keep notes
              </Button>
              <Button size="small" variant="quiet" onClick={() => type(notes)}>
                Discard
              </Button>
            </div>
          )}
        </>
      )}
    </Field>
  );
}
