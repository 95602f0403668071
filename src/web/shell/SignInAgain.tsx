import { useState } from "react";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { Note } from "../parts/Note.tsx";
import { endSession, useSession } from "../session.ts";
import styles from "./ConnectionBar.module.css";
import { SignInForm } from "./SignInForm.tsx";

/** Over the page when the session has ended: the page, and what is unsaved in it, waits behind. */
export function SignInAgain() {
  const email = useSession(({ user }) => user?.email);
  const [isOpen, setOpen] = useState(true);
  if (email === undefined) return null;

  return (
    <>
      {!isOpen && (
        <div className={styles.bar}>
          <Note
            tone="warn"
            action={
              <Button size="small" onClick={() => setOpen(true)}>
                Sign in
              </Button>
            }
          >
            Your session has ended. Nothing is saved on the server until you sign in.
          </Note>
        </div>
      )}
      <Dialog
        title="Sign in again"
        description="Your session has ended. What you were doing is still here, behind this window."
        open={isOpen}
        onOpenChange={setOpen}
        size="small"
      >
        <SignInForm
          email={email}
          other={
            <Button variant="quiet" onClick={() => void endSession()}>
              Leave this page
            </Button>
          }
        />
      </Dialog>
    </>
  );
}
