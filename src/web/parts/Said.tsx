import { useEffect, useState } from "react";
import styles from "./Hidden.module.css";

/** Reads a sentence out, politely, whenever it changes; what is there from the start, too. */
export function Said({ children }: { children: string }) {
  // What is in a region as it comes is not read out.
  const [text, setText] = useState("");
  useEffect(() => setText(children), [children]);
  return (
    <span className={styles.hidden} aria-live="polite">
      {text}
    </span>
  );
}
