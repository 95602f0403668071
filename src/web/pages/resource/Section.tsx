import type { ReactNode } from "react";
import styles from "./OverviewTab.module.css";

/** One group of what an overview tells, under its heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
