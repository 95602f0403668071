import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./SortButton.module.css";

export interface SortButtonProps {
  /** How the rows are sorted by it now, if they are. */
  order: "asc" | "desc" | undefined;
  onSort: (order: "asc" | "desc") => void;
  children: ReactNode;
}

/** In the head of a column: sorts by it, and the other way round when pressed again. */
export function SortButton({ order, onSort, children }: SortButtonProps) {
  const Arrow = order === "asc" ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      className={styles.sort}
      data-sorted={order !== undefined}
      onClick={() => onSort(order === "asc" ? "desc" : "asc")}
    >
      {children}
      {order && <Arrow size={12} aria-hidden />}
    </button>
  );
}
