import { ArrowUp, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Button, IconButton } from "../../parts/Button.tsx";
import styles from "../Form.module.css";

interface RowsProps {
  /** What one row is, in lower case. */
  what: string;
  count: number;
  isReadOnly: boolean;
  onAdd: () => void;
  onRemove: (index: number) => void;
  /** Takes a row before the one above it; where order says something. */
  onRaise?: ((index: number) => void) | undefined;
  more?: ReactNode;
  children: (index: number) => ReactNode;
}

/** Rows that are added, removed and moved by buttons; a new one takes the focus, and so does what follows a removed one. */
export function Rows({ what, count, isReadOnly, onAdd, onRemove, onRaise, more, children }: RowsProps) {
  const list = useRef<HTMLDivElement>(null);
  const focusLater = (index: number) =>
    requestAnimationFrame(() => {
      const row = list.current?.children[Math.max(0, index)];
      const target = row?.querySelector<HTMLElement>("input, textarea, select, button");
      (target ?? list.current?.parentElement?.querySelector<HTMLElement>("button"))?.focus();
    });
  const add = () => {
    onAdd();
    focusLater(count);
  };
  const remove = (index: number) => {
    onRemove(index);
    focusLater(Math.min(index, count - 2));
  };
  return (
    <div className={styles.rows}>
      <div ref={list} className={styles.rows}>
        {Array.from({ length: count }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name, and what is in it may be the same twice.
          <div key={index} className={styles.row}>
            <div className={styles.rowMain}>{children(index)}</div>
            {!isReadOnly && onRaise && index > 0 && (
              <IconButton
                size="small"
                icon={ArrowUp}
                label={`Move ${what} ${index + 1} up`}
                onClick={() => onRaise(index)}
              />
            )}
            {!isReadOnly && (
              <IconButton
                size="small"
                icon={Trash2}
                label={`Remove ${what} ${index + 1}`}
                onClick={() => remove(index)}
              />
            )}
          </div>
        ))}
      </div>
      {!isReadOnly && (
        <div className={styles.rowActions}>
          <Button size="small" variant="quiet" icon={Plus} onClick={add}>
            Add {what}
          </Button>
          {more}
        </div>
      )}
    </div>
  );
}

/** A list with two neighbours in each other's place. */
export function raised<T>(list: readonly T[], index: number): T[] {
  const next = [...list];
  const [item] = next.splice(index, 1);
  if (item !== undefined) next.splice(index - 1, 0, item);
  return next;
}
