import { classes } from "../parts/classes.ts";
import styles from "./NodeCard.module.css";
import type { NodeOverlay } from "./overlay.ts";
import { toneIcons } from "./overlay-icons.ts";

/** The pill that a plan, run or comparison puts in place of the status. */
export function OverlayPill({ word, tone, message, elapsed }: NodeOverlay) {
  const Icon = toneIcons[tone];
  return (
    <>
      <span
        className={classes(styles.overlay, styles[`tone-${tone}`])}
        title={message ? `${word}: ${message}` : word}
      >
        <Icon size={14} aria-hidden />
        <span>{word}</span>
      </span>
      {elapsed && <span className={styles.elapsed}>{elapsed}</span>}
    </>
  );
}
