import type { Plan, PlannedObject } from "../../../contract/plan.ts";
import { mayBeNamed } from "../../deploy/confirm-ladder.ts";
import type { PlanRow } from "../../deploy/plan-rows.ts";
import { Button } from "../../parts/Button.tsx";
import styles from "./Plan.module.css";

interface KeepOrDeleteProps {
  plan: Plan;
  row: PlanRow;
  named: ReadonlySet<string>;
  onName: (named: ReadonlySet<string>) => void;
}

/** Why something that is no longer drawn is kept or goes, and, where one may choose, the choice. */
export function KeepOrDelete({ plan, row, named, onName }: KeepOrDeleteProps) {
  return row.objects.map((object) => {
    const { key, action } = object;
    const reason = reasonIn(plan, object);
    const choose = (isNamed: boolean) => {
      const next = new Set(named);
      if (isNamed) next.add(key);
      else next.delete(key);
      onName(next);
    };
    return (
      <div key={key} className={styles.keep}>
        {reason && <span>{reason}.</span>}
        {plan.intent === "deploy" && mayBeNamed(object, named) && (
          <span className={styles.choices}>
            <Button size="small" aria-pressed={action === "keep"} onClick={() => choose(false)}>
              Keep
            </Button>
            <Button size="small" aria-pressed={action === "delete"} onClick={() => choose(true)}>
              Delete…
            </Button>
          </span>
        )}
      </div>
    );
  });
}

/** Archiving takes all of it, and nothing more can be named to go: only what stays needs a reason. */
function reasonIn({ intent }: Plan, { action, reason }: PlannedObject): string | undefined {
  if (intent === "deploy") return reason;
  return action === "keep" ? reason?.replace(/ unless named$/, "") : undefined;
}
