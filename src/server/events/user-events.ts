import type { ClusterChange, RunState } from "../../contract/live.ts";
import type { Notification } from "../../contract/notifications.ts";
import type { Hub } from "./hub.ts";

export type UserEvents = ReturnType<typeof createUserEvents>;

/** What may be said to people, whatever they look at. */
export function createUserEvents(hub: Pick<Hub, "find" | "isOpen">) {
  return {
    runState(user_id: string, state: RunState): void {
      const isAwaited = state.status !== "running";
      hub.find(userKey(user_id))?.say({ name: "run.state", data: state, key: state.run_id, isAwaited });
    },

    /** To all who may use the cluster. */
    clusterChanged(user_ids: Iterable<string>, change: ClusterChange): void {
      const said = { name: "cluster.status", data: change, key: change.id };
      for (const user_id of user_ids) hub.find(userKey(user_id))?.say(said);
    },

    notified(notification: Notification): void {
      hub.find(userKey(notification.userId))?.say({ name: "notification", data: notification });
    },

    /** Whether there is anybody to be told. */
    isAnybodyThere: (): boolean => hub.isOpen(userKey("")),
  };
}

export function userKey(user_id: string): string {
  return `user:${user_id}`;
}
