import type { ReactNode } from "react";
import styles from "./Hidden.module.css";

/** Text for those who listen, and not on screen. */
export function Hidden({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <span {...(id && { id })} className={styles.hidden}>
      {children}
    </span>
  );
}
