import { type Dispatch, useId } from "react";
import type { Answer, Answers, Ladder } from "../../deploy/confirm-ladder.ts";
import { counted } from "../../deploy/plan-words.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { Field } from "../../parts/Field.tsx";
import { TextInput } from "../../parts/Inputs.tsx";
import styles from "./Plan.module.css";

interface DeleteProps {
  ladder: Ladder;
  answers: Answers;
  answer: Dispatch<Answer>;
  missing: string | undefined;
  words: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => void;
}

/** Names what goes, and asks for the names of what could not be had back. */
export function DeleteDialog({ ladder, answers, answer, missing, words, ...dialog }: DeleteProps) {
  const { deletes, precious, typed } = ladder;
  const titleId = useId();
  const text = (
    <>
      <p id={titleId}>The cluster loses:</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keys too. */}
      <ul className={styles.doomed} aria-labelledby={titleId} tabIndex={0}>
        {deletes.map(({ key, kind, name, namespace }) => (
          <li key={key}>
            {kind} <strong>{name}</strong>
            {namespace && <> in {namespace}</>}
          </li>
        ))}
      </ul>
    </>
  );
  return (
    <Confirm
      {...dialog}
      title={`Delete ${counted(deletes.length, "object")}?`}
      text={text}
      action={words}
      danger
      disabledReason={missing}
    >
      <div className={styles.values}>
        {precious.map(({ key, kind, name }) => (
          <Field key={key} label={`Type ${name} to delete the ${kind} and what is in it`}>
            {(id) => (
              <TextInput
                id={id}
                autoComplete="off"
                value={answers.names[key] ?? ""}
                onChange={(said) => answer({ kind: "name", key, text: said })}
              />
            )}
          </Field>
        ))}
        {typed !== undefined && (
          <Field label={`Type ${typed}, the workflow's name, to delete so much of it`}>
            {(id) => (
              <TextInput
                id={id}
                autoComplete="off"
                value={answers.workflow}
                onChange={(said) => answer({ kind: "workflow", text: said })}
              />
            )}
          </Field>
        )}
      </div>
    </Confirm>
  );
}
