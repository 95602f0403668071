import type { RunRecord } from "../../../contract/runs.ts";
import page from "../../deploy/Page.module.css";
import { leftWord } from "../../deploy/run-words.ts";
import { Tag } from "../../parts/Status.tsx";
import styles from "./Run.module.css";

/** Where each object stands that the run wrote and did not simply succeed with. */
export function LeftList({ record: { result = [] } }: { record: RunRecord }) {
  if (result.length === 0) return null;
  return (
    <section>
      <h2 className={styles.heading}>How things stand</h2>
      <ul className={styles.left}>
        {result.map(({ key, state, reason }) => (
          <li key={key}>
            <Tag tone={state === "restored" || state === "removed" ? "idle" : "warn"}>{leftWord(state)}</Tag>
            <span>{objectName(key)}</span>
            {reason && <span className={page.meta}>{reason}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function objectName(key: string): string {
  const [, kind = "", namespace = "", ...name] = key.split("/");
  return `${kind} ${name.join("/")}${namespace ? ` in ${namespace}` : ""}`;
}
