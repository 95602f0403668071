import { SortButton } from "./SortButton.tsx";
import styles from "./Table.module.css";
import type { Column, Sort, TableProps } from "./table-props.ts";

export function TableHead<Row>({ columns, rows, rowKey, sort, onSort, selection }: TableProps<Row>) {
  const keys = rows.map(rowKey);
  const chosen = keys.filter((key) => selection?.keys.has(key)).length;
  return (
    <thead>
      <tr>
        {selection && (
          <td className={styles.check}>
            <input
              type="checkbox"
              aria-label="Select all"
              checked={chosen > 0 && chosen === keys.length}
              ref={(box) => {
                if (box) box.indeterminate = chosen > 0 && chosen < keys.length;
              }}
              onChange={() => selection.onChange(new Set(chosen === keys.length ? [] : keys))}
            />
          </td>
        )}
        {columns.map((column) => (
          <Head key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </tr>
    </thead>
  );
}

interface HeadProps<Row> {
  column: Column<Row>;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
}

function Head<Row>({ column: { id, head, sortable, align, width }, sort, onSort }: HeadProps<Row>) {
  const order = sort?.by === id ? sort.order : undefined;
  // A column of buttons has no name, and a heading without text is none.
  if (!head) return <td className={styles.noHead} style={{ width }} />;
  return (
    <th
      scope="col"
      className={align && styles[align]}
      style={{ width }}
      {...(order && { "aria-sort": order === "asc" ? "ascending" : "descending" })}
    >
      {sortable && onSort ? (
        <SortButton order={order} onSort={(next) => onSort({ by: id, order: next })}>
          {head}
        </SortButton>
      ) : (
        head
      )}
    </th>
  );
}
