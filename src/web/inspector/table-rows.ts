export interface Row {
  key: string;
  value: unknown;
}

/** A map's entries as rows, with those rows kept that are no entry yet. */
export function rowsAfter(shown: readonly Row[], map: Readonly<Record<string, unknown>>): readonly Row[] {
  return isSame(mapOf(shown), map) ? shown : Object.entries(map).map(([key, value]) => ({ key, value }));
}

/** What rows say: those without a name say nothing yet, and of two of one name the first counts. */
export function mapOf(rows: readonly Row[]): Record<string, unknown> {
  const named = rows.filter(({ key }) => key !== "").toReversed();
  const map = new Map(named.map(({ key, value }) => [key, value]));
  return Object.fromEntries([...map].reverse());
}

/** Whether a row's name is that of one before it. */
export function isRepeated(rows: readonly Row[], index: number): boolean {
  const key = rows[index]?.key;
  return key !== "" && rows.findIndex((row) => row.key === key) < index;
}

/** Rows with pasted variables: known names get the new values, others come last. */
export function withPasted(rows: readonly Row[], pasted: readonly (readonly [string, string])[]): Row[] {
  const values = new Map<string, unknown>(pasted);
  const known = rows
    .filter(({ key, value }) => key !== "" || value !== "")
    .map((row) => (values.has(row.key) ? { ...row, value: values.get(row.key) } : row));
  const names = new Set(known.map(({ key }) => key));
  return [...known, ...pasted.filter(([key]) => !names.has(key)).map(([key, value]) => ({ key, value }))];
}

function isSame(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  return JSON.stringify(Object.entries(a)) === JSON.stringify(Object.entries(b));
}
