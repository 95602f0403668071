import "../look/mono.ts";
import type { ReactNode } from "react";
import styles from "./Code.module.css";
import { CopyButton } from "./CopyButton.tsx";

/** Text as a machine reads it, to look at and to copy. */
export function Code({ text, language }: { text: string; language?: string | undefined }) {
  return (
    <div className={styles.frame}>
      <pre
        className={styles.code}
        data-language={language}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
        tabIndex={0}
      >
        {text}
      </pre>
      <div className={styles.copy}>
        <CopyButton text={text} iconOnly size="small" />
      </div>
    </div>
  );
}

/** A key to press. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}
