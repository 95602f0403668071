import styles from "./Mark.module.css";

/** The mark alone, said by what stands beside it: a sun on a stand, one tilted orbit, one planet. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M20.2 9.9A10 5 0 1 1 16.4 7.5" transform="rotate(-24 12 12)" />
      <path d="M12 12V20.5M8.5 20.5H15.5" />
      <circle cx="12" cy="12" r="3" fill="var(--brass)" stroke="none" />
      <circle cx="17.6" cy="5.9" r="2" fill="currentColor" stroke="none" />
    </svg>
  );
}

/** The mark and the name. */
export function WordMark({ size = 24 }: { size?: number }) {
  return (
    <span className={styles.wordMark}>
      <Mark size={size} />
      Orrery
    </span>
  );
}
