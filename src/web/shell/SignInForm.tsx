import { type ReactNode, useState } from "react";
import { api } from "../../contract/api.ts";
import { useSend } from "../api.ts";
import { Button } from "../parts/Button.tsx";
import { Field } from "../parts/Field.tsx";
import { PasswordInput } from "../parts/Inputs.tsx";
import { beginSession } from "../session.ts";
import { EmailField } from "./EmailField.tsx";
import { Refusal } from "./Refusal.tsx";
import styles from "./SignInForm.module.css";

interface SignInFormProps {
  /** Who it probably is. */
  email?: string;
  /** Beside the button. */
  other?: ReactNode;
}

/** E-mail and password; whoever they belong to is signed in. */
export function SignInForm({ email: probable = "", other }: SignInFormProps) {
  const [email, setEmail] = useState(probable);
  const [password, setPassword] = useState("");
  const { mutate, error, isPending } = useSend(api.logIn, { onSuccess: beginSession });

  return (
    <form className={styles.form} action={() => mutate({ body: { email, password } })}>
      <EmailField value={email} onChange={setEmail} />
      <Field label="Password">
        {(id) => (
          <PasswordInput
            id={id}
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={setPassword}
          />
        )}
      </Field>
      <Refusal error={error} />
      <div className={styles.actions}>
        <Button type="submit" variant="primary" busy={isPending}>
          Sign in
        </Button>
        {other}
      </div>
    </form>
  );
}
