const place = /^([0-9a-z]{8})([0-9a-z]{6}\d{9})(?:~(\d{1,9}))?$/;

interface Place {
  at: string;
  count: number;
}

/**
 * Says of each line, by its event's id, whether it is told for the first time. Each container's lines come in their
 * order, and an id ends with the line's own place in its container.
 */
export function createToldOnce(): (id: string | undefined) => boolean {
  const told = new Map<string, Place>();

  return (id = "") => {
    const [, key, at, count = "1"] = place.exec(id.slice(id.lastIndexOf(".") + 1)) ?? [];
    if (key === undefined || at === undefined) return true;
    const next = { at, count: Number(count) };
    const last = told.get(key);
    if (last && !isLater(next, last)) return false;
    told.set(key, next);
    return true;
  };
}

const isLater = (a: Place, b: Place) => a.at > b.at || (a.at === b.at && a.count > b.count);
