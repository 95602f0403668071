import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { User } from "../../../contract/user.ts";
import { useSend } from "../../api.ts";
import { Button } from "../../parts/Button.tsx";
import { Field } from "../../parts/Field.tsx";
import { PasswordInput, TextInput } from "../../parts/Inputs.tsx";
import { Page, Panel } from "../../parts/Page.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { toast } from "../../parts/toast.ts";
import { updateUser, useSession } from "../../session.ts";
import { Refusal } from "../../shell/Refusal.tsx";
import { NewPassword } from "../login/SignUpForm.tsx";
import styles from "../workflows-new/NewWorkflow.module.css";
import { Appearance } from "./Appearance.tsx";
import { Sessions } from "./Sessions.tsx";

/** Whoever is signed in: their name, their password, where they are signed in, and how they like the app. */
export function Profile(): React.ReactNode {
  const user = useSession((session) => session.user);
  if (!user) return null;

  return (
    <Page narrow>
      <PageHead title="Profile" />
      <Person user={user} />
      {user.authProvider === "" && <Password />}
      <Appearance />
      <Sessions />
    </Page>
  );
}

function Person({ user }: { user: User }) {
  const [name, setName] = useState(user.name);
  const { mutate, error, isPending } = useSend(api.updateProfile, {
    onSuccess: (profile) => {
      updateUser(profile.user);
      toast({ tone: "ok", title: "Name saved" });
    },
  });
  const isSame = name === user.name;
  const save = () => {
    if (!isSame) mutate({ body: { name } });
  };

  return (
    <Panel title="You">
      <form className={styles.form} action={save}>
        <Field label="Name">
          {(id) => (
            <TextInput id={id} autoComplete="name" required maxLength={200} value={name} onChange={setName} />
          )}
        </Field>
        <Field label="E-mail" help="It cannot be changed.">
          {(id, describedBy) => (
            <TextInput
              id={id}
              describedBy={describedBy}
              readOnly
              value={user.email}
              onChange={() => undefined}
            />
          )}
        </Field>
        <Refusal error={error} />
        <div>
          <Button type="submit" busy={isPending} disabledReason={isSame ? "Nothing has changed" : undefined}>
            Save
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function Password() {
  const [currentPassword, setCurrent] = useState("");
  const [newPassword, setNew] = useState("");
  const { mutate, error, isPending } = useSend(api.changePassword, {
    onSuccess: () => {
      setCurrent("");
      setNew("");
      toast({ tone: "ok", title: "Password changed", text: "You are signed out everywhere else." });
    },
  });

  return (
    <Panel title="Password">
      <form className={styles.form} action={() => mutate({ body: { currentPassword, newPassword } })}>
        <Field label="Current password">
          {(id) => (
            <PasswordInput
              id={id}
              autoComplete="current-password"
              required
              value={currentPassword}
              onChange={setCurrent}
            />
          )}
        </Field>
        <NewPassword label="New password" value={newPassword} onChange={setNew} />
        <Refusal error={error} />
        <div>
          <Button type="submit" busy={isPending}>
            Change password
          </Button>
        </div>
      </form>
    </Panel>
  );
}
