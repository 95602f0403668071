import { useEffect, useRef } from "react";
import type { Design, DesignNode } from "../../../contract/design.ts";
import { nameOfNode } from "../../../core/relations/node-names.ts";
import { withNodes } from "../../canvas/graph.ts";
import { titleOf } from "../../canvas/node-words.ts";
import type { CompareRow, Difference } from "../../deploy/compare-rows.ts";
import { FieldTable } from "../../deploy/FieldTable.tsx";
import { fieldName } from "../../deploy/field-words.ts";
import page from "../../deploy/Page.module.css";
import { RestoreNode } from "../../deploy/RestoreNode.tsx";
import { restoredField } from "../../deploy/restored-field.ts";
import { useDraftEdit } from "../../deploy/use-draft-edit.ts";
import { KindGlyph } from "../../look/glyphs.tsx";
import type { Tone } from "../../look/status.ts";
import { Button } from "../../parts/Button.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Tag } from "../../parts/Status.tsx";
import styles from "./Compare.module.css";
import type { ComparedProps } from "./compare-props.ts";

interface ListProps extends ComparedProps {
  rows: readonly CompareRow[];
  all: boolean;
  both: Design;
  at: string | undefined;
  onSelect: (id: string | undefined) => void;
}

/** What differs, one after another, with a way to take it back into the draft. */
export function CompareList(props: ListProps) {
  const { rows, all, both, at, onSelect } = props;
  const differing = new Set(rows.map(({ id }) => id));
  const same = all ? both.nodes.filter(({ id }) => !differing.has(id)) : [];
  if (rows.length === 0 && !all)
    return <Empty title="No differences" text="Both drawings are the same, places and all." />;
  return (
    <ol className={styles.rows}>
      {rows.map((row) => (
        <Row key={`${row.is} ${row.id}`} row={row} isAt={row.id === at} onSelect={onSelect} props={props} />
      ))}
      {same.map((node) => (
        <SameRow key={node.id} node={node} />
      ))}
    </ol>
  );
}

const tones: Readonly<Record<Difference, Tone>> = {
  added: "ok",
  removed: "bad",
  changed: "busy",
  moved: "idle",
};
const words: Readonly<Record<Difference, string>> = {
  added: "Added",
  removed: "Removed",
  changed: "Changed",
  moved: "Moved",
};

interface RowProps {
  row: CompareRow;
  isAt: boolean;
  onSelect: (id: string) => void;
  props: ListProps;
}

function Row({ row, isAt, onSelect, props }: RowProps) {
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isAt) element.current?.scrollIntoView({ block: "nearest" });
  }, [isAt]);
  const old = props.before.nodes.find(({ id }) => id === row.id);
  const isInDraft = props.to.is === "draft";
  return (
    <li ref={element} className={styles.row} data-selected={isAt || undefined} data-difference={row.is}>
      <div className={page.line}>
        {row.what === "node" && <KindGlyph kind={row.kind} />}
        <button type="button" className={page.name} aria-pressed={isAt} onClick={() => onSelect(row.id)}>
          {row.name}
        </button>
        <span className={page.meta}>{row.what === "node" ? titleOf(row.kind) : "Connection"}</span>
        <Tag tone={tones[row.is]}>{words[row.is]}</Tag>
        {row.what === "node" && old && row.is !== "moved" && (
          <span className={page.side}>
            <RestoreNode id={props.workflow.id} node={old} from={props.before} label={props.from.label} />
          </span>
        )}
      </div>
      <FieldTable
        label={`What differs in ${row.name}`}
        rows={row.fields.map((field) => ({
          ...field,
          ...(isInDraft && row.is === "changed" && field.path !== "/kind" && old
            ? {
                more: (
                  <RestoreField
                    id={props.workflow.id}
                    node={old}
                    path={field.path}
                    label={props.from.label}
                  />
                ),
              }
            : {}),
        }))}
      />
    </li>
  );
}

function SameRow({ node }: { node: DesignNode }) {
  return (
    <li className={styles.row}>
      <div className={page.line}>
        <KindGlyph kind={node.type} />
        <span className={page.quiet}>{nameOfNode(node)}</span>
        <span className={page.meta}>The same</span>
      </div>
    </li>
  );
}

interface RestoreFieldProps {
  id: string;
  node: DesignNode;
  path: string;
  label: string;
}

/** Makes one setting of the draft what it was. */
function RestoreField({ id, node, path, label }: RestoreFieldProps) {
  const edit = useDraftEdit(id);
  const name = fieldName(path);
  const restore = () =>
    edit(`restore ${name} of ${nameOfNode(node)}`, (graph) => {
      const now = graph.nodes.get(node.id);
      return now ? withNodes(graph, [{ ...now, data: restoredField(now.data, node.data, path) }]) : graph;
    });
  return (
    <Button
      size="small"
      variant="quiet"
      onClick={() => void restore()}
      aria-label={`Restore ${name} of ${nameOfNode(node)} from ${label}`}
    >
      Restore this field
    </Button>
  );
}
