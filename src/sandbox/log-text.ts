import type { Run } from "./log-book.ts";
import { type JsonMap, list, type Obj, text } from "./objects.ts";
import { printedBy } from "./printed.ts";
import type { Store } from "./store.ts";

const usualMs = 2_000;

/** What one run of a container writes, and when, worked out as it is asked for. */
export interface LogText {
  everyMs: number;
  written(): number;
  line(index: number): string;
  timeOf(index: number): number;
  /** The first line that is not older. */
  firstAt(ms: number): number;
}

/**
 * What it prints itself comes first, all at once; then a line every two seconds, or every `LOG_EVERY` milliseconds as
 * the application of the tests writes them.
 */
export function logTextOf(store: Store, pod: Obj, container: string, run: Run): LogText {
  const { spec, metadata } = pod;
  const found = [...list(spec?.containers), ...list(spec?.initContainers)].find(
    ({ name }) => name === container,
  );
  const printed = printedOf(store, pod, found);
  const every = Number(list(found?.env).find(({ name }) => name === "LOG_EVERY")?.value ?? "");
  const everyMs = every > 0 ? every : usualMs;
  const words = (tick: number) =>
    every > 0 ? `line ${tick}` : `line ${tick} of ${container} in ${metadata.name} (simulated)`;
  const tickOf = (index: number) => Math.max(0, index - printed.length);

  return {
    everyMs,
    written() {
      const ms = Math.min(Date.now(), run.until) - run.from;
      return ms < 0 ? 0 : printed.length + Math.floor(ms / everyMs) + 1;
    },
    line: (index) => printed[index] ?? words(tickOf(index) + 1),
    timeOf: (index) => run.from + tickOf(index) * everyMs,
    firstAt: (ms) => (ms <= run.from ? 0 : printed.length + Math.ceil((ms - run.from) / everyMs)),
  };
}

function printedOf(store: Store, { metadata }: Obj, container: JsonMap | undefined): string[] {
  const find = (kind: string, of: string) => {
    const resource = store.resources.find((each) => each.kind === kind);
    return resource && store.find(resource, metadata.namespace ?? "", of);
  };
  return container ? printedBy(container, (kind, name) => find(kind, text(name))) : [];
}
