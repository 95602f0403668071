import type { ServerResponse } from "node:http";
import { at, type JsonMap, list, type Obj, text } from "./objects.ts";
import { printedBy } from "./printed.ts";
import { badRequest, notFound } from "./status.ts";
import type { Store } from "./store.ts";
import type { Target } from "./target.ts";

const lineMs = 2_000;

/** Log lines that a container would have written since it was started, one every two seconds. */
export function logsOf(
  store: Store,
  { resource, namespace, name }: Target,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  const pod = store.find(resource, namespace, name);
  if (!pod) throw notFound(resource, name);
  const container = containerOf(pod, query.get("container"));
  const life = lifeOf(pod, container, query.get("previous") === "true");
  // What it prints itself comes first, all at once.
  const printed = printedOf(store, pod, container);
  const lineAt = (index: number) => {
    const tick = Math.max(0, index - printed.length);
    const stamp =
      query.get("timestamps") === "true" ? `${new Date(life.from + tick * lineMs).toISOString()} ` : "";
    return `${stamp}${printed[index] ?? `line ${tick + 1} of ${container} in ${name} (simulated)`}\n`;
  };
  const written = () =>
    printed.length + Math.floor((Math.min(Date.now(), life.until) - life.from) / lineMs) + 1;
  let next = firstLine(query, written(), life.from, printed.length);
  const write = limited(query, response);
  response.writeHead(200, { "content-type": "text/plain" });
  const catchUp = () => {
    for (; next < written(); next += 1) write(lineAt(next));
  };
  catchUp();
  if (query.get("follow") !== "true" || life.until < Date.now()) return void response.end();
  follow(store, pod, container, response, catchUp);
}

function printedOf(store: Store, { spec, metadata }: Obj, name: string): string[] {
  const all = [...list(spec?.containers), ...list(spec?.initContainers)];
  const container = all.find((each) => each.name === name);
  const find = (kind: string, of: string) => {
    const resource = store.resources.find((each) => each.kind === kind);
    return resource && store.find(resource, metadata.namespace ?? "", of);
  };
  return container ? printedBy(container, find) : [];
}

/** Writes no more than it was asked for, and ends in the middle of a line if need be. */
function limited(query: URLSearchParams, response: ServerResponse): (line: string) => void {
  const limit = query.get("limitBytes");
  if (limit === null) return (line) => void response.write(line);
  let left = countOf("limitBytes", limit);
  if (left < 1) throw badRequest("limitBytes: must be greater than 0");
  return (line) => {
    const bytes = Buffer.from(line).subarray(0, left);
    left -= bytes.length;
    if (bytes.length > 0) response.write(bytes);
  };
}

/** Until the container ends, or nobody listens. */
function follow(
  store: Store,
  pod: Obj,
  container: string,
  response: ServerResponse,
  catchUp: () => void,
): void {
  const timer = setInterval(catchUp, lineMs / 4);
  timer.unref();
  const leave = store.history.listen(({ object, type }) => {
    if (object.metadata.uid !== pod.metadata.uid) return;
    const isRunning = at(statusOf(object, container), "state", "running") !== undefined;
    if (type === "DELETED" || !isRunning) response.end();
  });
  response.on("close", () => {
    clearInterval(timer);
    leave();
  });
}

function containerOf({ spec, metadata }: Obj, asked: string | null): string {
  const names = [...list(spec?.containers), ...list(spec?.initContainers)].map((each) => text(each.name));
  const [first = ""] = names;
  if (asked) {
    if (names.includes(asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${metadata.name}`);
  }
  if (list(spec?.containers).length < 2) return first;
  const choices = list(spec?.containers)
    .map((each) => text(each.name))
    .join(" ");
  throw badRequest(
    `a container name must be specified for pod ${metadata.name}, choose one of: [${choices}]`,
  );
}

const statusOf = ({ status }: Obj, name: string): JsonMap | undefined =>
  [...list(status?.containerStatuses), ...list(status?.initContainerStatuses)].find(
    (each) => each.name === name,
  );

/** When the container, or the one before it, ran. */
function lifeOf(pod: Obj, container: string, isPrevious: boolean): { from: number; until: number } {
  const status = statusOf(pod, container);
  const { name } = pod.metadata;
  const last = at(status, "lastState", "terminated");
  const running = at(status, "state", "running", "startedAt");
  const ended = isPrevious ? last : (at(status, "state", "terminated") ?? last);
  if (!isPrevious && running) return { from: Date.parse(text(running)), until: Number.POSITIVE_INFINITY };
  if (ended)
    return {
      from: Date.parse(text(at(ended, "startedAt"))),
      until: Date.parse(text(at(ended, "finishedAt"))),
    };
  if (isPrevious) throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  const why = text(at(status, "state", "waiting", "reason"), "ContainerCreating");
  const isBad = why.includes("Image") || why.includes("Error");
  const doing = isBad ? `trying and failing to ${why.includes("Image") ? "pull image" : "start"}` : why;
  throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${doing}`);
}

function firstLine(query: URLSearchParams, written: number, from: number, printed: number): number {
  const [tail, since] = [query.get("tailLines"), query.get("sinceSeconds")];
  const byTail = tail === null ? 0 : Math.max(0, written - countOf("tailLines", tail));
  const age = since === null ? Number.POSITIVE_INFINITY : countOf("sinceSeconds", since) * 1_000;
  const sinceMs = Date.now() - age - from;
  const bySince = sinceMs <= 0 ? 0 : printed + Math.ceil(sinceMs / lineMs);
  return Math.max(byTail, bySince);
}

function countOf(field: string, given: string): number {
  if (!/^\d+$/.test(given))
    throw badRequest(`${field}: must be a number that is not negative, not ${JSON.stringify(given)}`);
  return Number(given);
}
