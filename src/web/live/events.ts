import { useEffect, useRef } from "react";
import type { api } from "../../contract/api.ts";
import type { EventOf } from "../../contract/operation.ts";

export type LiveEvent = EventOf<typeof api.followEvents>;
export type LiveName = LiveEvent["name"];
export type DataOf<Name extends LiveName> = Extract<LiveEvent, { name: Name }>["data"];
type Handler<Name extends LiveName> = (data: readonly DataOf<Name>[]) => void;

type Keys = { readonly [Name in LiveName]?: (data: DataOf<Name>) => string };

/** What an event is about: of several about the same only the last is applied. Others are applied one and all. */
const keys: Keys = {
  "node.status": (data) => `${data.workflow_id} ${data.node_id}`,
  "run.state": (data) => data.run_id,
  "run.node": (data) => `${data.run_id} ${data.node_id}`,
  "workflow.saved": (data) => data.workflow_id,
  "workflow.changed": (data) => data.workflow_id,
  "cluster.status": (data) => data.id,
  "resource.status": (data) => data.resource_id,
};

/** These say only what has changed. */
const partial: ReadonlySet<LiveName> = new Set(["workflow.changed", "cluster.status", "resource.status"]);

/** The events of one frame, in order, those that are outdone by later ones left out. */
export function squash(events: readonly LiveEvent[]): LiveEvent[] {
  const latest = new Map<string, LiveEvent>();
  for (const [index, event] of events.entries()) {
    const key = (keys[event.name] as ((data: unknown) => string) | undefined)?.(event.data) ?? String(index);
    const id = `${event.name} ${key}`;
    const before = latest.get(id);
    latest.delete(id);
    const isAdded = before && partial.has(event.name);
    latest.set(id, (isAdded ? { ...event, data: { ...before.data, ...event.data } } : event) as LiveEvent);
  }
  return [...latest.values()];
}

const handlers = new Map<LiveName, Set<(data: readonly unknown[]) => void>>();
let queue: LiveEvent[] = [];

/** Keeps an event for the next animation frame. */
export function hear(event: LiveEvent): void {
  queue.push(event);
  if (queue.length > 1) return;
  // Nothing is drawn in a hidden tab, and no frame comes.
  if (document.hidden) setTimeout(apply, 500);
  else requestAnimationFrame(apply);
}

function apply(): void {
  const events = squash(queue);
  queue = [];
  for (const [name, data] of Map.groupBy(events, (event) => event.name))
    for (const handler of handlers.get(name) ?? []) handler(data.map((event) => event.data));
}

/** Calls back with all that was heard since the last frame; answers how to stop. */
export function onEvent<Name extends LiveName>(name: Name, handler: Handler<Name>): () => void {
  const known = handlers.get(name) ?? new Set();
  handlers.set(name, known);
  const loose = handler as (data: readonly unknown[]) => void;
  known.add(loose);
  return () => void known.delete(loose);
}

/** The same for as long as a component is there: `useEvent("run.state", (states) => …)`. The handler may be new each time. */
export function useEvent<Name extends LiveName>(name: Name, handler: Handler<Name>): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => onEvent(name, (data) => latest.current(data)), [name]);
}
