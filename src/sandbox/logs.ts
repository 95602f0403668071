import type { ServerResponse } from "node:http";
import { type LogBook, type Run, statusesOf } from "./log-book.ts";
import { type LogText, logTextOf } from "./log-text.ts";
import { at, type JsonMap, list, type Obj, text } from "./objects.ts";
import { badRequest, notFound } from "./status.ts";
import type { Store } from "./store.ts";
import type { Target } from "./target.ts";

/** Log lines that a container would have written since it was started. */
export function logsOf(
  { store, book }: { store: Store; book: LogBook },
  { resource, namespace, name }: Target,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  const pod = store.find(resource, namespace, name);
  if (!pod) throw notFound(resource, name);
  const container = containerOf(pod, query.get("container"));
  const run = runOf(book, pod, container, query.get("previous") === "true");
  const log = logTextOf(store, pod, container, run);
  let next = firstLine(query, log);
  const write = limited(query, response);
  const isStamped = query.get("timestamps") === "true";
  response.writeHead(200, { "content-type": "text/plain" });
  const catchUp = () => {
    for (const last = log.written(); next < last; next += 1)
      write(`${isStamped ? `${stampOf(log.timeOf(next))} ` : ""}${log.line(next)}\n`);
  };
  catchUp();
  if (query.get("follow") !== "true" || run.until < Date.now()) return void response.end();
  follow(store, { pod, run, everyMs: log.everyMs }, response, catchUp);
}

/** Nine digits, as a kubelet writes them. */
const stampOf = (ms: number) => `${new Date(ms).toISOString().slice(0, -1)}000000Z`;

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

interface Followed {
  pod: Obj;
  run: Run;
  everyMs: number;
}

/** Until the container ends, or nobody listens. */
function follow(
  store: Store,
  { pod, run, everyMs }: Followed,
  response: ServerResponse,
  catchUp: () => void,
): void {
  const timer = setInterval(catchUp, Math.min(500, Math.max(20, everyMs / 4)));
  timer.unref();
  const leave = store.history.listen(({ object }) => {
    if (object.metadata.uid !== pod.metadata.uid || run.until > Date.now()) return;
    catchUp();
    response.end();
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

/** The run that is asked for. Between two runs the last one is both the present and the previous. */
function runOf(book: LogBook, pod: Obj, container: string, isPrevious: boolean): Run {
  const status = statusesOf(pod).find(({ name }) => name === container);
  const [present, before] = book.runs(pod, container);
  const isRunning = at(status, "state", "running") !== undefined;
  const isBetween = !isRunning && at(status, "lastState", "terminated") !== undefined;
  const found = isPrevious ? (isBetween ? present : before) : (present ?? toldBy(status));
  if (found) return found;
  const { name } = pod.metadata;
  if (isPrevious) throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  const why = text(at(status, "state", "waiting", "reason"), "ContainerCreating");
  const isBad = why.includes("Image") || why.includes("Error");
  const doing = isBad ? `trying and failing to ${why.includes("Image") ? "pull image" : "start"}` : why;
  throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${doing}`);
}

/** A run that was over before anybody saw it begin. */
function toldBy(status: JsonMap | undefined): Run | undefined {
  const ended = at(status, "state", "terminated");
  if (!ended) return undefined;
  const [from, until] = [at(ended, "startedAt"), at(ended, "finishedAt")].map((time) =>
    Date.parse(text(time)),
  );
  return from === undefined || until === undefined ? undefined : { from, until, restarts: 0 };
}

function firstLine(query: URLSearchParams, log: LogText): number {
  const [tail, age, since] = [query.get("tailLines"), query.get("sinceSeconds"), query.get("sinceTime")];
  const byTail = tail === null ? 0 : Math.max(0, log.written() - countOf("tailLines", tail));
  const byAge = age === null ? 0 : log.firstAt(Date.now() - countOf("sinceSeconds", age) * 1_000);
  return Math.max(byTail, byAge, since === null ? 0 : log.firstAt(secondOf(since)));
}

/** A server passes on whole seconds, whatever it was given. */
function secondOf(time: string): number {
  const ms = Date.parse(time);
  if (Number.isNaN(ms))
    throw badRequest(`parsing time ${JSON.stringify(time)} as "2006-01-02T15:04:05Z07:00"`);
  return Math.floor(ms / 1_000) * 1_000;
}

function countOf(field: string, given: string): number {
  if (!/^\d+$/.test(given))
    throw badRequest(`${field}: must be a number that is not negative, not ${JSON.stringify(given)}`);
  return Number(given);
}
