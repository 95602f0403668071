import { AlertDialog as Radix } from "radix-ui";
import { type ReactNode, useId, useRef, useState } from "react";
import { Button } from "./Button.tsx";
import { classes } from "./classes.ts";
import styles from "./Dialog.module.css";
import { Field } from "./Field.tsx";
import { TextInput } from "./Inputs.tsx";

export interface ConfirmProps {
  title: string;
  /** What will happen, and what will not. */
  text: ReactNode;
  /** What the button says: the deed, not "OK". */
  action: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => void;
  danger?: boolean | undefined;
  busy?: boolean | undefined;
  /** What has to be typed first. */
  typed?: string | undefined;
  /** Why it cannot be confirmed yet, where the caller asks for more. */
  disabledReason?: string | undefined;
  /** Why the last attempt failed. */
  error?: ReactNode;
  children?: ReactNode;
}

/** Asks before something that cannot be undone. The focus starts on Cancel, so that Enter does nothing. */
export function Confirm(props: ConfirmProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content
          className={classes(styles.dialog, styles.small)}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            cancel.current?.focus();
          }}
        >
          <Question {...props} cancelRef={cancel} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface QuestionProps extends ConfirmProps {
  cancelRef: React.RefObject<HTMLButtonElement | null>;
}

function Question({
  cancelRef,
  title,
  text,
  action,
  onConfirm,
  danger,
  busy,
  typed,
  ...rest
}: QuestionProps) {
  const [answer, setAnswer] = useState("");
  const formId = useId();
  const missing = typed !== undefined && answer.trim() !== typed ? `Type ${typed} first` : undefined;
  return (
    <>
      <header className={styles.head}>
        <Radix.Title className={styles.title}>{title}</Radix.Title>
      </header>
      <div className={styles.body}>
        <Radix.Description asChild>
          <div>{text}</div>
        </Radix.Description>
        {rest.children}
        {typed !== undefined && (
          <form
            id={formId}
            className={styles.typed}
            action={() => {
              if (!missing) onConfirm();
            }}
          >
            <Field label={`Type ${typed} to confirm`}>
              {(id) => <TextInput id={id} value={answer} onChange={setAnswer} autoComplete="off" />}
            </Field>
          </form>
        )}
        {rest.error && (
          <p role="alert" className={styles.error}>
            {rest.error}
          </p>
        )}
      </div>
      <footer className={styles.actions}>
        <Radix.Cancel asChild>
          <Button ref={cancelRef}>Cancel</Button>
        </Radix.Cancel>
        <Button
          variant={danger ? "danger" : "primary"}
          busy={busy}
          disabledReason={missing ?? rest.disabledReason}
          onClick={onConfirm}
        >
          {action}
        </Button>
      </footer>
    </>
  );
}
