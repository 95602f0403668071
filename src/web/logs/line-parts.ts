/** A piece of a line, and whether it is what is searched for. */
export interface LinePart {
  text: string;
  isHit: boolean;
}

const mostParts = 200;

/** A line in pieces, so that what is searched for can be marked. */
export function lineParts(text: string, search: string): LinePart[] {
  if (search === "") return [{ text, isHit: false }];
  const parts: LinePart[] = [];
  const pattern = new RegExp(search.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "giu");
  let from = 0;
  for (const { index, 0: found } of text.matchAll(pattern)) {
    if (parts.length >= mostParts) break;
    if (index > from) parts.push({ text: text.slice(from, index), isHit: false });
    parts.push({ text: found, isHit: true });
    from = index + found.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), isHit: false });
  return parts;
}

/** What lines are from, in few letters, and how many at most. */
export interface LogSources {
  width: number;
  /** Nothing where it goes without saying. */
  of(line: { pod: string; container: string }): string | undefined;
}

/** Says of a line which of these pods and containers it is from; of one container only the pod, of no pods only that. */
export function logSources(pods: readonly string[], containers: readonly string[]): LogSources {
  const short = shortPods(pods);
  const isNamed = containers.length > 1;
  const longest = (names: Iterable<string>) => Math.max(0, ...[...names].map(({ length }) => length));
  const podWidth = longest(short.values());
  const width = podWidth + (podWidth > 0 && isNamed ? 1 : 0) + (isNamed ? longest(containers) : 0);
  return {
    width,
    of({ pod, container }) {
      const parts = [short.get(pod), isNamed ? container : undefined].filter((part) => part !== undefined);
      return parts.length === 0 ? undefined : parts.join(" ");
    },
  };
}

/** What tells a workload's pods apart: the last part of the name, or all of it where that is not enough. */
function shortPods(pods: readonly string[]): ReadonlyMap<string, string> {
  const tail = (pod: string) => pod.slice(pod.lastIndexOf("-") + 1);
  const counts = Map.groupBy(pods, tail);
  return new Map(pods.map((pod) => [pod, (counts.get(tail(pod))?.length ?? 0) > 1 ? pod : tail(pod)]));
}

/** The time of day of a moment, to the millisecond, where the reader is. */
export function timeText(at: string | undefined): string {
  const time = new Date(at ?? Number.NaN);
  if (Number.isNaN(time.getTime())) return "";
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  return `${clock}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}
