import { OctagonX } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { ApiError } from "../../client/api-error.ts";
import { Button } from "./Button.tsx";
import { CopyButton } from "./CopyButton.tsx";
import styles from "./ErrorPanel.module.css";
import { failureReport, failureText } from "./failure-text.ts";

export interface ErrorPanelProps {
  error: unknown;
  onRetry?: (() => void) | undefined;
  /** The way on from here, such as a link back to the list. */
  children?: ReactNode;
}

/** In place of what failed: the server's sentence, its details, and what can be done. */
export function ErrorPanel({ error, onRetry, children }: ErrorPanelProps) {
  const { title, more, details } = failureText(error);
  const wait = useCountDown(error);
  return (
    <section className={styles.panel} role="alert">
      <p className={styles.title}>
        <OctagonX size={16} aria-hidden />
        {title}
      </p>
      {more && more !== title && <p className={styles.more}>{more}</p>}
      {details.length > 0 && (
        <ul className={styles.details}>
          {details.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <div className={styles.actions}>
        {onRetry && (
          <Button size="small" onClick={onRetry} disabledReason={wait > 0 ? `Wait ${wait} s` : undefined}>
            {wait > 0 ? `Try again in ${wait} s` : "Try again"}
          </Button>
        )}
        <CopyButton
          size="small"
          variant="quiet"
          label="Copy details"
          text={failureReport(error, window.location.pathname)}
        />
        {children}
      </div>
    </section>
  );
}

/** How many seconds the server has asked to wait, counting down. */
function useCountDown(error: unknown): number {
  const [left, setLeft] = useState(secondsOf(error));
  const [counted, setCounted] = useState(error);
  if (counted !== error) {
    setCounted(error);
    setLeft(secondsOf(error));
  }
  useEffect(() => {
    if (left <= 0) return;
    const timer = window.setTimeout(() => setLeft(left - 1), 1_000);
    return () => window.clearTimeout(timer);
  }, [left]);
  return left;
}

function secondsOf(error: unknown): number {
  return error instanceof ApiError ? (error.retryAfter ?? 0) : 0;
}
