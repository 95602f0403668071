import type { ReactNode } from "react";
import { type StatusLook, type StatusOf, statusLook, type Tone } from "../look/status.ts";
import { classes } from "./classes.ts";
import styles from "./Status.module.css";
import { When } from "./When.tsx";

export interface StatusProps {
  /** The server's word; one that is not known is shown as "Unknown (word)". */
  word: string | null | undefined;
  /** What the word is of; health unless said. */
  of?: StatusOf | undefined;
  /** What follows the word: "2 of 3", "for db to be ready", a reason. */
  message?: ReactNode;
  since?: string | null | undefined;
}

/** The one pill for a state: icon, word and colour. */
export function Status({ word, of, message, since }: StatusProps) {
  return <Pill look={statusLook(word, of)} message={message} since={since} />;
}

export interface PillProps {
  look: StatusLook;
  message?: ReactNode;
  since?: string | null | undefined;
}

/** The pill of a state that the caller has looked up. */
export function Pill({ look: { icon: Icon, word, tone, turning }, message, since }: PillProps) {
  return (
    <span className={classes(styles.status, styles[tone])}>
      <Icon size={14} aria-hidden className={classes(turning && styles.turning)} />
      <span>
        {word}
        {message && <> {message}</>}
        {since && (
          <>
            {" "}
            since <When at={since} />
          </>
        )}
      </span>
    </span>
  );
}

/** A few words in a small box: a kind, a label, a mark. */
export function Tag({
  tone = "neutral",
  children,
}: {
  tone?: Tone | "neutral" | "accent";
  children: ReactNode;
}) {
  return <span className={classes(styles.tag, styles[tone])}>{children}</span>;
}
