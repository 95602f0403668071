import type { ErrorComponentProps } from "@tanstack/react-router";
import { Button } from "../parts/Button.tsx";
import { ErrorPanel } from "../parts/ErrorPanel.tsx";
import { PageHead } from "../parts/PageHead.tsx";
import styles from "./PageError.module.css";

/** A page could not be shown; what is around it goes on. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <div className={styles.page}>
      <PageHead title="This page could not be shown" />
      <p>Drafts are safe on this device.</p>
      <ErrorPanel error={error} onRetry={reset}>
        <Button size="small" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </ErrorPanel>
    </div>
  );
}
