import type { EventOf } from "../../contract/operation.ts";
import type { resourceOperations } from "../../contract/resources.ts";
import type { Hub } from "./hub.ts";
import type { Topic } from "./topic.ts";

type Event = EventOf<(typeof resourceOperations)["followResource"]>;
type DataOf<Name> = Extract<Event, { name: Name }>["data"];

export type ResourceEvents = ReturnType<typeof createResourceEvents>;

/** What may be said of an object in a cluster, so that nobody else spells an event. */
export function createResourceEvents(hub: Hub) {
  const find = (resource_id: string) => hub.find(keyOf(resource_id));

  return {
    topic: (resource_id: string): Topic => hub.open(keyOf(resource_id)),

    changed(data: DataOf<"status_update">): void {
      find(data.resource_id)?.say({ name: "status_update", data, key: "status" });
    },
    /** Another of the same name is another object, and may come to be followed again. */
    ended(resource_id: string, data: DataOf<"complete">): void {
      find(resource_id)?.say({ name: "complete", data, isAwaited: true });
    },
    failed(resource_id: string, data: DataOf<"error">): void {
      find(resource_id)?.say({ name: "error", data, key: "error" });
    },
  };
}

const keyOf = (resource_id: string) => `resource:${resource_id}`;
