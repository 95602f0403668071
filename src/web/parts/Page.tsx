import { type ReactNode, useId } from "react";
import { classes } from "./classes.ts";
import styles from "./Page.module.css";

/** The column a page stands in; narrow for forms. */
export function Page({ narrow, children }: { narrow?: boolean; children: ReactNode }) {
  return <div className={classes(styles.page, narrow && styles.narrow)}>{children}</div>;
}

export interface PanelProps {
  title?: string | undefined;
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of a page with a name of its own. */
export function Panel({ title, actions, children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles.panel} {...(title && { "aria-labelledby": id })}>
      {(title || actions) && (
        <div className={styles.panelHead}>
          {title && (
            <h2 id={id} className={styles.panelTitle}>
              {title}
            </h2>
          )}
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}
