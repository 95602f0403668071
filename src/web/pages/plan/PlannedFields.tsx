import type { FieldChange, PlannedObject } from "../../../contract/plan.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { withNodes } from "../../canvas/graph.ts";
import { type FieldRow, FieldTable } from "../../deploy/FieldTable.tsx";
import { fieldRow } from "../../deploy/field-row.ts";
import { fieldName, valueText } from "../../deploy/field-words.ts";
import { markOf, type PlanRow } from "../../deploy/plan-rows.ts";
import { useDraftEdit } from "../../deploy/use-draft-edit.ts";
import { Button } from "../../parts/Button.tsx";
import { When } from "../../parts/When.tsx";
import styles from "./Plan.module.css";

interface FieldsProps {
  row: PlanRow;
  moved: ReadonlySet<string>;
  workflow: Workflow;
  version: number | undefined;
  onEdited: () => void;
}

/** What changes in each object of a node. */
export function PlannedFields({ row, moved, ...rest }: FieldsProps) {
  const isOne = row.objects.length === 1;
  return row.objects
    .filter(({ fields, action }) => fields.length > 0 || (!isOne && action !== "none"))
    .map((object) => (
      <div key={object.key}>
        {!isOne && (
          <h3 className={styles.object}>
            {object.kind} {object.name}
          </h3>
        )}
        <FieldTable
          label={`What changes in ${object.kind} ${object.name}`}
          rows={object.fields.map((field) => toRow(field, object, { row, moved, ...rest }))}
        />
      </div>
    ));
}

function toRow(field: FieldChange, object: PlannedObject, props: FieldsProps): FieldRow {
  const { path, contested } = field;
  return {
    ...fieldRow(field),
    isMarked: props.moved.has(markOf(object.key, path)),
    ...(contested && { more: <Contested field={field} {...props} /> }),
  };
}

/** Somebody else has set this: it is left to them or taken over, and that is remembered in the node. */
function Contested({ field, row, workflow, version, onEdited }: FieldsProps & { field: FieldChange }) {
  const edit = useDraftEdit(workflow.id);
  const { path, from, to, owner, secret } = field;
  const decide = async (choice: "leave" | "take", label: string) => {
    await edit(label, (graph) => {
      const node = graph.nodes.get(row.node_id);
      if (!node) return graph;
      const known = (node.data.ownership ?? {}) as Record<string, unknown>;
      return withNodes(graph, [{ ...node, data: { ...node.data, ownership: { ...known, [path]: choice } } }]);
    });
    onEdited();
  };
  const name = fieldName(path);
  const values = secret ? "" : ` to ${valueText(from)}`;
  return (
    <div className={styles.contested}>
      <p>
        <strong>{name}</strong> is set{values} by <strong>{owner?.manager ?? "somebody else"}</strong>
        {owner?.at && (
          <>
            {" "}
            (<When at={owner.at} />)
          </>
        )}
        {!secret && <>; this design says {valueText(to)}</>}.
      </p>
      {version === undefined && (
        <p className={styles.choices}>
          <Button size="small" onClick={() => void decide("leave", `leave ${name} of ${row.name} to others`)}>
            Leave it to them
          </Button>
          <Button
            size="small"
            variant="quiet"
            onClick={() => void decide("take", `take ${name} of ${row.name} over`)}
          >
            Take it over
          </Button>
        </p>
      )}
    </div>
  );
}
