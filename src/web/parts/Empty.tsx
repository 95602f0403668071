import type { ReactNode } from "react";
import styles from "./Empty.module.css";

export interface EmptyProps {
  title: ReactNode;
  text?: ReactNode;
  /** The main thing to do … */
  action?: ReactNode;
  /** … and a smaller one. */
  second?: ReactNode;
}

/** Nothing here yet, and what to do about it. */
export function Empty({ title, text, action, second }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {text && <p className={styles.text}>{text}</p>}
      {(action || second) && (
        <div className={styles.actions}>
          {action}
          {second}
        </div>
      )}
    </div>
  );
}
