import type { ReactNode } from "react";
import type { Tone } from "../look/status.ts";
import { classes } from "./classes.ts";
import styles from "./Note.module.css";
import { toneIcons } from "./tone-icons.ts";

export interface NoteProps {
  tone: Tone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** Read out at once; for what somebody has just caused. */
  alert?: boolean | undefined;
}

/** A banner in the page that says how things stand. */
export function Note({ tone, title, children, action, alert }: NoteProps) {
  const Icon = toneIcons[tone];
  return (
    <div className={classes(styles.note, styles[tone])} {...(alert && { role: "alert" })}>
      <Icon size={16} className={styles.icon} aria-hidden />
      <div className={styles.text}>
        {title && <p className={styles.title}>{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}
