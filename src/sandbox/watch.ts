import type { IncomingMessage, ServerResponse } from "node:http";
import type { Change } from "./history.ts";
import type { Obj } from "./objects.ts";
import { apiVersionOf } from "./resources.ts";
import { fieldTest, labelTest } from "./selectors.ts";
import { StatusError } from "./status.ts";
import type { Store } from "./store.ts";
import type { Target } from "./target.ts";

const bookmarkMs = 15_000;
const longestSeconds = 1_800;
const longestUnread = 16 * 1_048_576;

/** Tells of every change after a version, line by line, until the time is over or nobody listens. */
export function serveWatch(
  store: Store,
  target: Target,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const isAsked = selectionOf(target, query);
  const say: Say = (type, object) => {
    response.write(`${JSON.stringify({ type, object })}\n`);
    // Who does not read has to come back, and then hears the rest from the history.
    if (response.writableLength > longestUnread) response.destroy();
  };
  const from = query.get("resourceVersion") ?? "";
  const wantsAll = query.get("sendInitialEvents") === "true";
  const isFromNow = from === "" || from === "0" || wantsAll;
  response.writeHead(200, { "content-type": "application/json" }).flushHeaders();
  if (isFromNow)
    for (const object of store.all(target.resource, target.namespace))
      if (isAsked(object)) say("ADDED", object);
  if (wantsAll) say("BOOKMARK", bookmarkOf(store, target, { "k8s.io/initial-events-end": "true" }));
  try {
    const start = isFromNow ? Number(store.version()) : Number(from);
    const leave = store.history.watch(start, (change) => tell(change, target, isAsked, say));
    request.on("aborted", leave);
    keepTime(store, target, query, { response, say, leave });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    say("ERROR", error.toJson());
    response.end();
  }
}

/** How far a watch has come. */
function bookmarkOf(store: Store, { resource }: Target, annotations?: object): object {
  const { kind } = resource;
  const metadata = {
    resourceVersion: store.version(),
    creationTimestamp: null,
    ...(annotations && { annotations }),
  };
  return { kind, apiVersion: apiVersionOf(resource), metadata };
}

function selectionOf(
  { resource, namespace, name }: Target,
  query: URLSearchParams,
): (object: Obj) => boolean {
  const isLabelled = labelTest(query.get("labelSelector") ?? "");
  const hasFields = fieldTest(query.get("fieldSelector") ?? "", resource);
  return (object) =>
    isLabelled(object) &&
    hasFields(object) &&
    (!namespace || object.metadata.namespace === namespace) &&
    (!name || object.metadata.name === name);
}

type Say = (type: string, object: object) => void;

/** An object that no longer matches is gone as far as this watch is concerned, and the other way round. */
function tell(
  { resource, type, object, old }: Change,
  target: Target,
  isAsked: (object: Obj) => boolean,
  say: Say,
): void {
  if (resource !== target.resource) return;
  const was = type !== "ADDED" && old !== undefined && isAsked(old);
  const is = type !== "DELETED" && isAsked(object);
  if (is) say(was ? "MODIFIED" : "ADDED", object);
  else if (was && old)
    say("DELETED", {
      ...old,
      metadata: { ...old.metadata, resourceVersion: object.metadata.resourceVersion },
    });
}

interface Telling {
  response: ServerResponse;
  say: Say;
  /** Hears of no more changes. */
  leave(): void;
}

/** A bookmark now and then, and the end, with one more before it. Nothing can be said after it. */
function keepTime(
  store: Store,
  target: Target,
  query: URLSearchParams,
  { response, say, leave }: Telling,
): void {
  const bookmark = () => say("BOOKMARK", bookmarkOf(store, target));
  const isMarked = query.get("allowWatchBookmarks") === "true";
  const beat = isMarked ? setInterval(bookmark, bookmarkMs) : undefined;
  const seconds = Number(query.get("timeoutSeconds")) || longestSeconds;
  const quit = () => {
    leave();
    clearInterval(beat);
    clearTimeout(end);
  };
  const over = () => {
    quit();
    if (isMarked) bookmark();
    response.end();
  };
  const end = setTimeout(over, Math.min(seconds, longestSeconds) * 1_000);
  beat?.unref();
  end.unref();
  response.on("close", quit);
}
