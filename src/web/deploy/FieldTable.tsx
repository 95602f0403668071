import "../look/mono.ts";
import { type ReactNode, useState } from "react";
import { Button } from "../parts/Button.tsx";
import { Hidden } from "../parts/Hidden.tsx";
import styles from "./FieldTable.module.css";
import { fieldName, valueText } from "./field-words.ts";
import { counted } from "./plan-words.ts";

export interface FieldRow {
  /** The JSON Pointer. */
  path: string;
  /** What it is called, where that is not read from the pointer. */
  name?: string;
  from?: unknown;
  to?: unknown;
  /** Said instead of the values: of secrets, and of hashes. */
  instead?: string | undefined;
  isMarked?: boolean;
  /** Under the row: who else has it, what can be done. */
  more?: ReactNode;
}

const shownAtOnce = 12;

/** Fields of something, each as it was and as it becomes. */
export function FieldTable({ rows, label }: { rows: readonly FieldRow[]; label: string }) {
  const [isWhole, showWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, shownAtOnce);
  if (rows.length === 0) return null;
  return (
    <div className={styles.frame}>
      <ul className={styles.fields} aria-label={label}>
        {shown.map((row) => (
          <Field key={row.path} {...row} />
        ))}
      </ul>
      {shown.length < rows.length && (
        <Button size="small" variant="quiet" onClick={() => showWhole(true)}>
          Show {counted(rows.length - shown.length, "more field")}
        </Button>
      )}
    </div>
  );
}

function Field({ path, name, from, to, instead, isMarked, more }: FieldRow) {
  return (
    <li className={styles.field} data-marked={isMarked || undefined}>
      <span className={styles.name} title={path}>
        {name ?? fieldName(path)}
      </span>
      {instead === undefined ? (
        <span className={styles.values}>
          <Value value={from} word="was" none="not set" isOld />
          <span aria-hidden className={styles.arrow}>
            →
          </span>
          <Value value={to} word="becomes" none="removed" />
        </span>
      ) : (
        <span className={styles.instead}>{instead}</span>
      )}
      {isMarked && <Hidden>has moved since</Hidden>}
      {more && <div className={styles.more}>{more}</div>}
    </li>
  );
}

interface ValueProps {
  value: unknown;
  word: string;
  none: string;
  isOld?: boolean;
}

function Value({ value, word, none, isOld }: ValueProps) {
  return (
    <span className={isOld ? styles.old : styles.new}>
      <Hidden>{word} </Hidden>
      {value === undefined ? <span className={styles.none}>{none}</span> : <code>{valueText(value)}</code>}
    </span>
  );
}
