import { createDeque } from "./deque.ts";
import { isAtLeast } from "./level.ts";
import type { LogEntry, LogFilter } from "./log-entry.ts";

/** What is shown of a log, row by row: rows are all of one height, so where a line stands is counted, not measured. */
export interface LogRows {
  /** How many entries are shown. */
  readonly length: number;
  /** How many rows they take, and the number of the first of them since the beginning. */
  readonly rows: number;
  readonly firstRow: number;
  /** How many entries have what is searched for. */
  readonly hits: number;
  add(entry: LogEntry): void;
  /** Forgets what is older than an entry. */
  forget(before: number): void;
  at(index: number): LogEntry | undefined;
  /** The row at which an entry begins, counted from the first that is there. */
  rowOf(index: number): number;
  /** The entry that has a row. */
  indexAt(row: number): number;
  indexOf(seq: number): number;
  /** Entries that have what is searched for, by their numbers. */
  hit(index: number): number | undefined;
  hitIndex(seq: number): number | undefined;
}

export interface RowsOptions {
  filter: LogFilter;
  search: string;
  /** Characters in a row, where lines are wrapped. */
  columns: number | undefined;
}

export function createLogRows({ filter, search, columns }: RowsOptions): LogRows {
  const shown = createDeque<LogEntry>();
  const starts = createDeque<number>();
  const hits = createDeque<number>();
  const isHit = matcher(search);
  let end = 0;

  const rows: LogRows = {
    get length() {
      return shown.length;
    },
    get rows() {
      return end - rows.firstRow;
    },
    get firstRow() {
      return starts.at(0) ?? end;
    },
    get hits() {
      return hits.length;
    },
    add(entry) {
      if (!isWanted(entry, filter)) return;
      shown.push(entry);
      starts.push(end);
      end += rowsOf(entry, columns);
      if (isHit?.(entry.text)) hits.push(entry.seq);
    },
    forget(before) {
      const gone = firstIndex(shown.length, (index) => (shown.at(index)?.seq ?? 0) >= before);
      shown.drop(gone);
      starts.drop(gone);
      hits.drop(firstIndex(hits.length, (index) => (hits.at(index) ?? 0) >= before));
    },
    at: shown.at,
    rowOf: (index) => (starts.at(index) ?? end) - rows.firstRow,
    indexAt(row) {
      const wanted = row + rows.firstRow;
      return Math.max(0, firstIndex(starts.length, (index) => (starts.at(index) ?? 0) > wanted) - 1);
    },
    indexOf: (seq) => firstIndex(shown.length, (index) => (shown.at(index)?.seq ?? 0) >= seq),
    hit: hits.at,
    hitIndex(seq) {
      const index = firstIndex(hits.length, (each) => (hits.at(each) ?? 0) >= seq);
      return hits.at(index) === seq ? index : undefined;
    },
  };
  return rows;
}

function isWanted(entry: LogEntry, { level, pod, container }: LogFilter): boolean {
  if (entry.kind === "mark") return true;
  if (pod !== undefined && entry.pod !== pod) return false;
  if (container !== undefined && entry.container !== container) return false;
  return isAtLeast(entry.level, level);
}

/** Finds a text as it stands, whatever the case of its letters; nothing to find for an empty one. */
function matcher(search: string): ((text: string) => boolean) | undefined {
  if (search === "") return undefined;
  const pattern = new RegExp(search.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "iu");
  return (text) => pattern.test(text);
}

const ascii = /^[\x20-\x7e]*$/;
const tabWidth = 4;

/** How many rows a line takes where each has so many characters; marks are never wrapped. */
export function rowsOf({ kind, text }: LogEntry, columns: number | undefined): number {
  if (columns === undefined || kind === "mark") return 1;
  return Math.max(1, Math.ceil(widthOf(text) / Math.max(1, columns)));
}

function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 9) width += tabWidth;
    else width += code >= 0x1100 ? 2 : 1;
  }
  return width;
}

/** The first index for which a test holds, where it holds for all that follow. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
