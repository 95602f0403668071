/** Rows that belong together: of one kind, one namespace, or all of them. */
export interface Group {
  key: string;
  /** What stands above it; nothing where there is but one. */
  label: string | undefined;
  count: number;
  isOpen: boolean;
}

/** What stands at one place of the list: the head of a group, or one of its rows. */
export type Place = { group: Group; row: number | undefined };

export interface RowLayout {
  length: number;
  at(index: number): Place | undefined;
}

/** Puts groups one under another without looking at their rows. */
export function layoutOf(groups: readonly Group[]): RowLayout {
  let length = 0;
  const starts = groups.map((group) => {
    const start = length;
    length += (group.label === undefined ? 0 : 1) + (group.isOpen ? group.count : 0);
    return { start, group };
  });

  return {
    length,
    at(index) {
      if (index < 0 || index >= length) return undefined;
      const found = starts.findLast(({ start, group }) => start <= index && sizeOf(group) > 0);
      if (!found) return undefined;
      const offset = index - found.start;
      if (found.group.label === undefined) return { group: found.group, row: offset };
      return { group: found.group, row: offset === 0 ? undefined : offset - 1 };
    },
  };
}

const sizeOf = ({ label, isOpen, count }: Group) => (label === undefined ? 0 : 1) + (isOpen ? count : 0);

export const windowSize = 100;

/** The parts of groups that have to be read to show some places, each once. */
export function windowsOf(places: readonly (Place | undefined)[]): { group: Group; page: number }[] {
  const found = new Map<string, { group: Group; page: number }>();
  for (const place of places) {
    if (place?.row === undefined) continue;
    const page = Math.floor(place.row / windowSize) + 1;
    found.set(`${place.group.key} ${page}`, { group: place.group, page });
  }
  return [...found.values()];
}

/** The keys of folded groups in an address. Names of kinds, namespaces and ids have no commas. */
export function toggled(closed: string | undefined, key: string): string | undefined {
  const keys = new Set(closedKeys(closed));
  if (!keys.delete(key)) keys.add(key);
  return keys.size === 0 ? undefined : [...keys].join(",");
}

export const closedKeys = (closed: string | undefined): string[] =>
  closed === undefined ? [] : closed.split(",");
