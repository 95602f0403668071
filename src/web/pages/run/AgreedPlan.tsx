import { FieldTable } from "../../deploy/FieldTable.tsx";
import { fieldRow } from "../../deploy/field-row.ts";
import page from "../../deploy/Page.module.css";
import { planRows } from "../../deploy/plan-rows.ts";
import { countsText } from "../../deploy/plan-words.ts";
import { KindGlyph } from "../../look/glyphs.tsx";
import { statusLook } from "../../look/status.ts";
import { Pill } from "../../parts/Status.tsx";
import { When } from "../../parts/When.tsx";
import styles from "./Run.module.css";
import type { RunPanelProps } from "./run-props.ts";

/** What was agreed to before the run: the plan that it carries out. */
export function AgreedPlan({ record, design }: RunPanelProps) {
  const { plan, by } = record;
  if (!plan) return null;
  return (
    <div className={styles.stack}>
      <p className={page.meta}>
        {countsText(plan)} · agreed to by {by.name} · made <When at={plan.made_at} />
      </p>
      <ol className={styles.nodes}>
        {planRows(plan, design).map(({ node_id, name, kind, action, objects, waits, place }) => (
          <li key={`${node_id} ${place ?? objects[0]?.key}`} className={styles.agreed}>
            <p className={page.line}>
              <KindGlyph kind={kind} />
              <strong>{name}</strong>
              <Pill look={statusLook(action, "plan")} />
              {waits.length > 0 && <span className={page.meta}>waits for {waits.join(" and ")}</span>}
            </p>
            {objects.map(({ key, fields }) => (
              <FieldTable key={key} label={`What changes in ${name}`} rows={fields.map(fieldRow)} />
            ))}
          </li>
        ))}
      </ol>
    </div>
  );
}
