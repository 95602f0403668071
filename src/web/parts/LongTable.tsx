import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { classes } from "./classes.ts";
import { Hidden } from "./Hidden.tsx";
import { Space } from "./Space.tsx";
import styles from "./Table.module.css";
import { TableHead } from "./TableHead.tsx";
import { TableRow } from "./TableRow.tsx";
import type { TableProps } from "./table-props.ts";

/** A table of many rows, of which those in view are drawn. */
export function LongTable<Row>(props: TableProps<Row>) {
  const { rows, caption, rowKey } = props;
  const frame = useRef<HTMLDivElement>(null);
  const { getVirtualItems, getTotalSize, measureElement } = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => 41,
    overscan: 12,
  });
  const inView = getVirtualItems();
  const above = inView[0]?.start ?? 0;
  const below = getTotalSize() - (inView.at(-1)?.end ?? 0);
  return (
    <div className={styles.frame}>
      <div ref={frame} className={classes(styles.scroll, styles.long)}>
        <table className={styles.table} aria-rowcount={rows.length + 1}>
          <caption>
            <Hidden>{caption}</Hidden>
          </caption>
          <TableHead {...props} />
          <tbody>
            <Space height={above} />
            {inView.map(({ index }) => {
              const row = rows[index];
              if (row === undefined) return null;
              return (
                <TableRow key={rowKey(row)} row={row} index={index} measure={measureElement} {...props} />
              );
            })}
            <Space height={below} />
          </tbody>
        </table>
      </div>
    </div>
  );
}
