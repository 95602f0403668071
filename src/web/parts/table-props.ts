import type { LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

export interface Column<Row> {
  id: string;
  head: string;
  cell: (row: Row) => ReactNode;
  sortable?: boolean | undefined;
  /** Numbers stand at the end. */
  align?: "end" | undefined;
  /** A CSS width. */
  width?: string | undefined;
}

export interface Sort {
  by: string;
  order: "asc" | "desc";
}

export interface Selection<Row> {
  keys: ReadonlySet<string>;
  onChange: (keys: ReadonlySet<string>) => void;
  /** What a row is called, for "Select checkout". */
  nameOf: (row: Row) => string;
}

export interface TableProps<Row> {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where a row leads: its first cell becomes that link, and can be pressed anywhere in the row. */
  rowLink?: ((row: Row) => LinkProps) | undefined;
  sort?: Sort | undefined;
  onSort?: ((sort: Sort) => void) | undefined;
  /** What the table lists, for those who listen. */
  caption: string;
  selection?: Selection<Row> | undefined;
}
