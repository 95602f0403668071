import type { PlanRow } from "../../deploy/plan-rows.ts";
import { Field } from "../../parts/Field.tsx";
import { PasswordInput } from "../../parts/Inputs.tsx";
import styles from "./Plan.module.css";
import type { Needed } from "./use-needed.ts";

interface NeededProps {
  row: PlanRow;
  needed: Needed;
}

/** A field for each value that the cluster does not have yet. */
export function NeededValues({ row: { node_id, name, needs }, needed }: NeededProps) {
  const keys = [...new Set([...needs, ...(needed.keys[node_id] ?? [])])];
  if (keys.length === 0) return null;
  return (
    <div className={styles.values}>
      {keys.map((key) => (
        <Field
          key={key}
          label={`${key} of ${name}`}
          hint={needed.valueOf(node_id, key) === "" ? "needs a value" : "typed, not sent"}
        >
          {(id, describedBy) => (
            <PasswordInput
              id={id}
              describedBy={describedBy}
              autoComplete="off"
              value={needed.valueOf(node_id, key)}
              onChange={(value) => needed.type(node_id, key, value)}
            />
          )}
        </Field>
      ))}
      <p className={styles.aside}>Values go to the cluster with this run, and are kept nowhere else.</p>
    </div>
  );
}
