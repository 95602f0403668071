import type { CanvasProblem } from "../canvas/problems.ts";
import styles from "./Form.module.css";

/** What is wrong with a field, in the words of whoever checks it. */
export function Problem({ problem }: { problem: CanvasProblem }) {
  return (
    <span className={problem.severity === "warning" ? styles.warning : styles.fault}>
      {problem.severity === "warning" && "Warning: "}
      {problem.message}
    </span>
  );
}
