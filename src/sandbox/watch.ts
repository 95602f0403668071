import type { IncomingMessage, ServerResponse } from "node:http";
import type { Obj } from "./objects.ts";
import { apiVersionOf } from "./resources.ts";
import { fieldTest, labelTest } from "./selectors.ts";
import type { Target } from "./serve.ts";
import { StatusError } from "./status.ts";
import type { Change, Store } from "./store.ts";

const bookmarkMs = 15_000;
const longestSeconds = 1_800;

/** Tells of every change after a version, line by line, until the time is over or nobody listens. */
export function serveWatch(
  store: Store,
  { resource, namespace }: Target,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const isLabelled = labelTest(query.get("labelSelector") ?? "");
  const hasFields = fieldTest(query.get("fieldSelector") ?? "");
  const isAsked = (object: Obj) =>
    isLabelled(object) && hasFields(object) && (!namespace || object.metadata.namespace === namespace);
  const say = (type: string, object: object) => response.write(`${JSON.stringify({ type, object })}\n`);

  /** An object that no longer matches is gone as far as this watch is concerned, and the other way round. */
  function tell({ resource: changed, type, object, old }: Change): void {
    if (changed !== resource) return;
    const was = type !== "ADDED" && old !== undefined && isAsked(old);
    const is = type !== "DELETED" && isAsked(object);
    if (is) say(was ? "MODIFIED" : "ADDED", object);
    else if (was) say("DELETED", object);
  }

  const from = query.get("resourceVersion") ?? "";
  response.writeHead(200, { "content-type": "application/json" }).flushHeaders();
  if (from === "" || from === "0")
    for (const object of store.all(resource, namespace)) if (isAsked(object)) say("ADDED", object);
  let leave: () => void = () => undefined;
  try {
    leave = store.watch(from === "" || from === "0" ? Number(store.version()) : Number(from), tell);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    say("ERROR", error.toJson());
    response.end();
    return;
  }
  const bookmark = () =>
    say("BOOKMARK", {
      kind: resource.kind,
      apiVersion: apiVersionOf(resource),
      metadata: { resourceVersion: store.version(), creationTimestamp: null },
    });
  const beat = query.get("allowWatchBookmarks") === "true" ? setInterval(bookmark, bookmarkMs) : undefined;
  const seconds = Math.min(
    Number(query.get("timeoutSeconds") ?? longestSeconds) || longestSeconds,
    longestSeconds,
  );
  const timer = setTimeout(() => response.end(), seconds * 1_000);
  beat?.unref();
  timer.unref();
  const stop = () => {
    leave();
    clearInterval(beat);
    clearTimeout(timer);
  };
  response.on("close", stop);
  request.on("aborted", stop);
}
