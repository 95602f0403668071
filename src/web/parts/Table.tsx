import { Suspense } from "react";
import { Hidden } from "./Hidden.tsx";
import { later } from "./later.tsx";
import styles from "./Table.module.css";
import { TableHead } from "./TableHead.tsx";
import { TableRow } from "./TableRow.tsx";
import type { TableProps } from "./table-props.ts";

export type { Column, Sort, TableProps } from "./table-props.ts";

// Fewer rows than this cost less than keeping count of which are in view.
const manyRows = 100;

// Few tables are long, and what it takes to draw those is loaded for them alone.
const LongTable = later(() => import("./LongTable.tsx"), "LongTable");

/** A table; long ones draw only the rows in view, and narrow ones are cards. */
export function Table<Row>(props: TableProps<Row>) {
  if (props.rows.length <= manyRows) return <ShortTable {...props} />;
  return (
    <Suspense fallback={<ShortTable {...props} rows={props.rows.slice(0, manyRows)} />}>
      <LongTable {...props} />
    </Suspense>
  );
}

function ShortTable<Row>(props: TableProps<Row>) {
  const { rows, caption, rowKey } = props;
  return (
    <div className={styles.frame}>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <caption>
            <Hidden>{caption}</Hidden>
          </caption>
          <TableHead {...props} />
          <tbody>
            {rows.map((row) => (
              <TableRow key={rowKey(row)} row={row} {...props} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
