import { Hidden } from "./Hidden.tsx";
import styles from "./Skeleton.module.css";

/** Grey lines where text is about to be. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  return (
    <div className={styles.skeleton} role="status">
      <Hidden>Loading…</Hidden>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all the same.
        <div key={line} className={styles.bar} aria-hidden />
      ))}
    </div>
  );
}
