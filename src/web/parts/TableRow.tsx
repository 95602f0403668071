import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import styles from "./Table.module.css";
import type { Selection, TableProps } from "./table-props.ts";

interface TableRowProps<Row> extends TableProps<Row> {
  row: Row;
  /** Its place among all rows, where not all are drawn. */
  index?: number;
  measure?: (row: HTMLTableRowElement | null) => void;
}

export function TableRow<Row>({
  row,
  index,
  measure,
  columns,
  rowKey,
  rowLink,
  selection,
}: TableRowProps<Row>) {
  const key = rowKey(row);
  return (
    <tr
      ref={measure}
      className={styles.row}
      {...(index !== undefined && { "data-index": index, "aria-rowindex": index + 2 })}
      {...(selection && { "aria-selected": selection.keys.has(key) })}
    >
      {selection && <Chooser row={row} rowKey={key} selection={selection} />}
      {columns.map(({ id, head, cell, align }, at) => (
        <td key={id} className={classes(align && styles[align])}>
          <Cell label={at > 0 ? head : ""} link={at === 0 ? rowLink?.(row) : undefined}>
            {cell(row)}
          </Cell>
        </td>
      ))}
    </tr>
  );
}

interface CellProps {
  label: string;
  link: LinkProps | undefined;
  children: ReactNode;
}

/** What a cell holds; on a card its column is named beside it, and one without anything is left out. */
function Cell({ label, link, children }: CellProps) {
  if (children === undefined || children === null || children === "") return null;
  return (
    <>
      {label && (
        <span className={styles.cellLabel} aria-hidden>
          {label}
        </span>
      )}
      {link ? <RowLink link={link}>{children}</RowLink> : children}
    </>
  );
}

function RowLink({ link, children }: { link: LinkProps; children: ReactNode }) {
  return (
    <Link {...link} className={styles.link}>
      {children}
    </Link>
  );
}

interface ChooserProps<Row> {
  row: Row;
  rowKey: string;
  selection: Selection<Row>;
}

function Chooser<Row>({ row, rowKey, selection }: ChooserProps<Row>) {
  const { keys, onChange, nameOf } = selection;
  const toggle = () => {
    const next = new Set(keys);
    if (!next.delete(rowKey)) next.add(rowKey);
    onChange(next);
  };
  return (
    <td className={styles.check}>
      <input
        type="checkbox"
        aria-label={`Select ${nameOf(row)}`}
        checked={keys.has(rowKey)}
        onChange={toggle}
      />
    </td>
  );
}
