import { useState } from "react";
import { api } from "../../../contract/api.ts";
import { useSend } from "../../api.ts";
import { Button } from "../../parts/Button.tsx";
import { Field } from "../../parts/Field.tsx";
import { PasswordInput, TextInput } from "../../parts/Inputs.tsx";
import { Note } from "../../parts/Note.tsx";
import { beginSession } from "../../session.ts";
import { EmailField } from "../../shell/EmailField.tsx";
import { Refusal } from "../../shell/Refusal.tsx";
import styles from "../../shell/SignInForm.module.css";
import { shortest, strengthOf } from "./strength.ts";

interface SignUpFormProps {
  isFirst: boolean;
  needsInvite: boolean;
  invite: string | undefined;
}

export function SignUpForm({ isFirst, needsInvite, invite }: SignUpFormProps) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState(invite ?? "");
  const { mutate, error, isPending } = useSend(api.register, { onSuccess: beginSession });
  // A server that is reached from elsewhere asks the first user for the code it has printed; it says so when it does.
  const asksCode = needsInvite || invite !== undefined || (isFirst && error?.message !== undefined);
  const inviteCode = code.trim();
  const send = () => mutate({ body: { name, email, password, ...(inviteCode && { inviteCode }) } });

  return (
    <form className={styles.form} action={send}>
      {isFirst && (
        <Note tone="busy" title="You will be the administrator">
          Nobody has signed up yet.
        </Note>
      )}
      <Field label="Name">
        {(id) => (
          <TextInput id={id} name="name" autoComplete="name" required value={name} onChange={setName} />
        )}
      </Field>
      <EmailField value={email} onChange={setEmail} />
      <NewPassword value={password} onChange={setPassword} />
      {asksCode && (
        <Field
          label={isFirst ? "Set-up code" : "Invite code"}
          help={
            isFirst
              ? "The server printed it when it started. Not needed on the machine it runs on."
              : undefined
          }
        >
          {(id, describedBy) => (
            <TextInput
              id={id}
              describedBy={describedBy}
              code
              name="invite"
              autoComplete="off"
              value={code}
              onChange={setCode}
              required={needsInvite && !isFirst}
            />
          )}
        </Field>
      )}
      <Refusal error={error} />
      <div className={styles.actions}>
        <Button type="submit" variant="primary" busy={isPending}>
          Sign up
        </Button>
      </div>
    </form>
  );
}

/** A password that is being chosen; how good it is, in words. */
export function NewPassword({
  value,
  onChange,
  label = "Password",
}: {
  value: string;
  onChange(value: string): void;
  label?: string;
}) {
  return (
    <Field label={label} help={value === "" ? `At least ${shortest} characters.` : strengthOf(value)}>
      {(id, describedBy) => (
        <PasswordInput
          id={id}
          describedBy={describedBy}
          name="new-password"
          autoComplete="new-password"
          required
          value={value}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
