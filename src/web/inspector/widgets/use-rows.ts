import { useState } from "react";
import { mapOf, type Row, rowsAfter } from "../table-rows.ts";

/** A map as rows that may be without a name for a while. */
export function useRows(map: Readonly<Record<string, unknown>>, write: (map: unknown) => void) {
  const [kept, keep] = useState<readonly Row[]>([]);
  const rows = rowsAfter(kept, map);
  const set = (next: readonly Row[]) => {
    keep(next);
    const said = mapOf(next);
    write(Object.keys(said).length > 0 ? said : undefined);
  };
  return {
    rows,
    set,
    change: (index: number, part: Partial<Row>) =>
      set(rows.map((row, at) => (at === index ? { ...row, ...part } : row))),
    add: () => keep([...rows, { key: "", value: "" }]),
    remove: (index: number) => set(rows.toSpliced(index, 1)),
  };
}
