import { ApiError } from "../../../client/api-error.ts";
import { api } from "../../../contract/api.ts";
import { invalidate, useRead, useSend } from "../../api.ts";
import { Button } from "../../parts/Button.tsx";
import { Switch } from "../../parts/Choices.tsx";
import { Code } from "../../parts/Code.tsx";
import { ErrorPanel } from "../../parts/ErrorPanel.tsx";
import { Field } from "../../parts/Field.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Page, Panel } from "../../parts/Page.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { toast } from "../../parts/toast.ts";
import { toastFailure } from "../../parts/toast-failure.ts";
import { useSession } from "../../session.ts";
import styles from "../workflows-new/NewWorkflow.module.css";

const modes = {
  open: "Anybody who reaches this server can sign up. Who brings an invite code must bring the right one.",
  invite: "Whoever signs up needs the invite code.",
  closed: "Nobody can sign up.",
};

const onlyAdmins = new ApiError(403, { error: "Administrators alone may see this page" });

/** What administrators decide: who may sign up. */
export function Admin(): React.ReactNode {
  const isAdmin = useSession(({ user }) => user?.role === "admin");

  return (
    <Page narrow>
      <PageHead title="Admin" />
      {isAdmin ? <SignUps /> : <ErrorPanel error={onlyAdmins} />}
    </Page>
  );
}

function SignUps() {
  const methods = useRead(api.listAuthMethods, {});

  return (
    <Panel title="Sign-up">
      <Loaded query={methods}>
        {({ registration }) => (
          <div className={styles.form}>
            <p>
              {modes[registration] ?? `Unknown (${registration})`} The setting <code>REGISTRATION</code> of
              the server decides that; it is <code>{registration}</code>.
            </p>
            {registration !== "closed" && <Invitation />}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}

function Invitation() {
  const setting = useRead(api.getRegenerateSetting, {});
  const onSettled = () => invalidate(api.getRegenerateSetting);
  const renew = useSend(api.renewInviteCode, {
    onSuccess: () =>
      toast({ tone: "ok", title: "New invite code", text: "The one before is good for nothing now." }),
    onError: toastFailure("The invite code could not be renewed"),
    onSettled,
  });
  const change = useSend(api.setRegenerateSetting, {
    onError: toastFailure("The setting could not be changed"),
    onSettled,
  });

  return (
    <Loaded query={setting}>
      {({ inviteCode, regenerateAfterSignup }) => (
        <div className={styles.form}>
          <Field label="Link to invite with" help="Whoever has it can sign up.">
            {() => (
              <Code text={`${window.location.origin}/signup?invite=${encodeURIComponent(inviteCode)}`} />
            )}
          </Field>
          <Switch
            label="Renew after each use"
            help="A code is then good for one sign-up."
            checked={regenerateAfterSignup}
            disabled={change.isPending}
            onChange={(next) => change.mutate({ body: { regenerateAfterSignup: next } })}
          />
          <div>
            <Button busy={renew.isPending} onClick={() => renew.mutate({})}>
              Renew now
            </Button>
          </div>
        </div>
      )}
    </Loaded>
  );
}
