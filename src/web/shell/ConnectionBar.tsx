import { tryNow, useStaleSince } from "../live/connection.ts";
import { Button } from "../parts/Button.tsx";
import { Note } from "../parts/Note.tsx";
import styles from "./ConnectionBar.module.css";

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** Says when the server has been out of reach for a while, and from when what is on screen is. */
export function ConnectionBar() {
  const since = useStaleSince();

  return (
    <div role="status" className={styles.bar}>
      {since && (
        <Note
          tone="stale"
          action={
            <Button size="small" onClick={tryNow}>
              Try now
            </Button>
          }
        >
          <strong>Not connected since {clock.format(since)}.</strong> What you see is from then.
        </Note>
      )}
    </div>
  );
}
