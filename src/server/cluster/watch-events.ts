import type { KubernetesObject } from "../../core/kubernetes-object.ts";
import { received } from "./received.ts";
import { ClusterRefusal } from "./rest.ts";
import { readJson, strange } from "./rest-answers.ts";

export interface WatchEvent {
  type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK";
  object: KubernetesObject;
  version: string;
}

const types: ReadonlySet<unknown> = new Set<WatchEvent["type"]>(["ADDED", "MODIFIED", "DELETED", "BOOKMARK"]);

/**
 * What the lines of a watch say. Those that tell of an object nobody wants are not even parsed. A watch that fails has
 * been answered 200, and says so in its last line; what came before that counts.
 */
export function toEvents(
  lines: Buffer[],
  wants: ((bytes: Buffer) => boolean) | undefined,
): { events: WatchEvent[]; failure?: unknown } {
  const events: WatchEvent[] = [];
  try {
    for (const line of lines) {
      if (wants && isOfObject(line) && !wants(line)) continue;
      const event = toEvent(readJson(line) as { type?: unknown; object?: unknown });
      if (event) events.push(event);
    }
  } catch (failure) {
    return { events, failure };
  }
  return { events };
}

/** A type nobody here knows is passed over: what it would say is not missed, as it was never understood. */
function toEvent({ type, object }: { type?: unknown; object?: unknown }): WatchEvent | undefined {
  if (type === "ERROR") throw failureIn(object);
  if (!types.has(type)) return undefined;
  const read = received(object);
  const version = read.metadata.resourceVersion;
  if (typeof version !== "string") throw strange();
  return { type: type as WatchEvent["type"], object: read, version };
}

function failureIn(object: unknown): Error {
  const { code } = (object ?? {}) as { code?: unknown };
  // Its words are not shown: unlike an answer's, nobody has looked for our secrets in them.
  return typeof code === "number" ? new ClusterRefusal(code, `status ${code}`) : strange();
}

const beginnings = ["ADDED", "MODIFIED", "DELETED"].map((type) => Buffer.from(`{"type":"${type}"`));

function isOfObject(line: Buffer): boolean {
  return beginnings.some((beginning) => line.subarray(0, beginning.length).equals(beginning));
}
