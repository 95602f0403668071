import { useState } from "react";
import type { Plan } from "../../../contract/plan.ts";
import page from "../../deploy/Page.module.css";
import { isChange } from "../../deploy/plan-rows.ts";
import { counted } from "../../deploy/plan-words.ts";
import { Checkbox } from "../../parts/Choices.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Note } from "../../parts/Note.tsx";
import styles from "./Plan.module.css";
import { PlanRowView } from "./PlanRowView.tsx";
import type { PlanBodyProps } from "./plan-props.ts";

/** A row for each node, in the order in which they are deployed. */
export function PlanBody(props: PlanBodyProps) {
  const { plan, rows, moved, needed } = props;
  const [isWhole, showWhole] = useState(false);
  const changes = rows.filter(
    (row) =>
      isChange(row) ||
      needed.keys[row.node_id] !== undefined ||
      row.objects.some(({ key }) => moved.has(key)),
  );
  const shown = isWhole ? rows : changes;
  const values = rows.reduce((sum, { needs }) => sum + needs.length, 0);
  const contested = rows.reduce((sum, row) => sum + row.contested.length, 0);
  const looks = plan.warnings.length + contested;
  return (
    <>
      {moved.size > 0 && (
        <Note tone="warn" title="Something moved since you looked at this plan" alert>
          What is other than before is marked below. Nothing was deployed: look again, and press Deploy.
        </Note>
      )}
      <div className={page.between}>
        <span className={page.line}>
          {looks > 0 && <strong>{looks} to look at</strong>}
          {values > 0 && <strong>{counted(values, "value")} needed</strong>}
        </span>
        <Checkbox checked={!isWhole} onChange={(is) => showWhole(!is)} label="Only what changes" />
      </div>
      <PlanNotes plan={plan} />
      {shown.length === 0 && (
        <Empty
          title="Nothing would change"
          text={
            plan.intent === "undeploy"
              ? "Nothing of it is in the cluster any more."
              : "The cluster has all of it as it is drawn."
          }
        />
      )}
      <ol className={styles.rows}>
        {shown.map((row) => (
          <PlanRowView key={`${row.node_id} ${row.place ?? row.objects[0]?.key}`} row={row} {...props} />
        ))}
      </ol>
    </>
  );
}

/** What is to be said of the plan as a whole. */
function PlanNotes({ plan: { namespaces, warnings, cluster } }: { plan: Plan }) {
  const general = warnings.filter(({ node_id }) => node_id === undefined);
  return (
    <>
      {namespaces.length > 0 && (
        <Note tone="busy">
          {namespaces.length === 1 ? "The namespace " : "The namespaces "}
          <strong>{namespaces.join(", ")}</strong> will be created in {cluster}.
        </Note>
      )}
      {general.map(({ code, message }) => (
        <Note key={`${code} ${message}`} tone="warn">
          {message}
        </Note>
      ))}
    </>
  );
}
