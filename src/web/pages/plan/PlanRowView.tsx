import { Undo2 } from "lucide-react";
import { discarded } from "../../canvas/changes.ts";
import { graphOf } from "../../canvas/graph.ts";
import { titleOf } from "../../canvas/node-words.ts";
import page from "../../deploy/Page.module.css";
import type { PlanRow } from "../../deploy/plan-rows.ts";
import { useDraftEdit } from "../../deploy/use-draft-edit.ts";
import { KindGlyph } from "../../look/glyphs.tsx";
import { statusLook } from "../../look/status.ts";
import { Button } from "../../parts/Button.tsx";
import { Pill } from "../../parts/Status.tsx";
import { KeepOrDelete } from "./KeepOrDelete.tsx";
import { NeededValues } from "./NeededValues.tsx";
import styles from "./Plan.module.css";
import { PlannedFields } from "./PlannedFields.tsx";
import type { PlanBodyProps } from "./plan-props.ts";

interface RowProps extends PlanBodyProps {
  row: PlanRow;
}

/** One node of a plan: what becomes of it, what it waits for, and what changes in it. */
export function PlanRowView(props: RowProps) {
  const { row, selected, moved, needed } = props;
  const { node_id, place, name, kind, waits, restart, warnings, objects } = row;
  const isMoved = objects.some(({ key }) => moved.has(key));
  return (
    <li
      className={styles.row}
      data-selected={selected === node_id || undefined}
      data-moved={isMoved || undefined}
      data-action={row.action}
    >
      <div className={styles.rowHead}>
        <span className={styles.place} aria-hidden={place === undefined}>
          {place ?? ""}
        </span>
        <KindGlyph kind={kind} />
        <h2 className={styles.name}>
          <button type="button" onClick={() => props.onSelect(node_id)} className={styles.nameButton}>
            {name}
          </button>
        </h2>
        <span className={page.meta}>{titleOf(kind)}</span>
        <Action row={row} />
        {waits.length > 0 && <span className={page.meta}>waits for {waits.join(" and ")}</span>}
        <span className={styles.rowActions}>
          <Discard {...props} />
        </span>
      </div>
      <div className={styles.rowBody}>
        {isMoved && <p className={styles.movedText}>This has moved since you looked.</p>}
        {restart && <p className={styles.aside}>{restart}</p>}
        {warnings.map(({ code, message }) => (
          <p key={`${code} ${message}`} className={styles.warning}>
            {message}
          </p>
        ))}
        <PlannedFields {...props} />
        <NeededValues row={row} needed={needed} />
        {place === undefined && <KeepOrDelete {...props} />}
      </div>
    </li>
  );
}

function Action({ row: { action, isReplaced } }: { row: PlanRow }) {
  return <Pill look={statusLook(action, "plan")} message={isReplaced ? "by making it anew" : undefined} />;
}

/** Back to what is deployed, in the draft; what an older version has, or archiving takes, is no change of the draft. */
function Discard({ row, plan, workflow, deployed, version, onEdited }: RowProps) {
  const edit = useDraftEdit(workflow.id);
  const isOfDraft = plan.intent === "deploy" && version === undefined;
  if (!deployed || !isOfDraft || row.action === "none") return null;
  const isDrawn = workflow.nodes.some(({ id }) => id === row.node_id);
  const wasDrawn = deployed.nodes.some(({ id }) => id === row.node_id);
  if (!isDrawn && !wasDrawn) return null;
  const discard = async () => {
    await edit(`discard the change of ${row.name}`, (graph) =>
      discarded(graph, graphOf(deployed), row.node_id),
    );
    onEdited();
  };
  return (
    <Button
      size="small"
      variant="quiet"
      icon={Undo2}
      onClick={() => void discard()}
      aria-label={`Discard this change of ${row.name}`}
    >
      {isDrawn ? "Discard" : "Put back"}
    </Button>
  );
}
