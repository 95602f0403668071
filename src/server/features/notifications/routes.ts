import { api } from "../../../contract/api.ts";
import type { Notification } from "../../../contract/notifications.ts";
import type { EventOf } from "../../../contract/operation.ts";
import { notFound } from "../../../core/problem.ts";
import type { Hub } from "../../events/hub.ts";
import type { Form } from "../../events/topic.ts";
import { userKey } from "../../events/user-events.ts";
import type { Mount } from "../../http/mount.ts";
import type { NotificationStore } from "../../storage/notifications.ts";

interface Needs {
  notifications: NotificationStore;
  hub: Pick<Hub, "openAll">;
  now(): Date;
}

type Event = EventOf<typeof api.followNotifications>;

/** Of all that is said to somebody, what they are notified of. */
const notificationForm: Form = ({ name, data }) =>
  name === "notification" ? { name: "new_notification", data } : undefined;

export function notificationRoutes(mount: Mount, { notifications, hub, now }: Needs): void {
  const unread = async (user_id: string) => ({ unreadCount: await notifications.unreadCount(user_id) });

  mount.endpoint(api.listNotifications, async ({ query, user }) => {
    const { page, limit } = query;
    return { ...(await notifications.page(user.id, query)), ...(await unread(user.id)), page, limit };
  });

  mount.endpoint(api.countUnread, ({ user }) => unread(user.id));

  mount.stream(api.followNotifications, async ({ user }) => ({
    source: hub.openAll([userKey(user.id)], notificationForm),
    opening: async (): Promise<Event> => ({ name: "connected", data: await unread(user.id) }),
  }));

  mount.endpoint(api.readNotification, async ({ params, user }) => {
    const notification = await notifications.markRead(params.id, user.id, now().toISOString());
    return { message: "Notification marked as read", notification: found(notification) };
  });

  mount.endpoint(api.readAllNotifications, async ({ user }) => {
    await notifications.markAllRead(user.id, now().toISOString());
    return { message: "All notifications marked as read", ...(await unread(user.id)) };
  });

  mount.endpoint(api.deleteNotification, async ({ params, user }) => {
    if (!(await notifications.remove(params.id, user.id))) throw notFound("Notification");
    return { message: "Notification deleted" };
  });

  mount.endpoint(api.deleteReadNotifications, async ({ user }) => {
    const deleted = await notifications.removeRead(user.id);
    return { message: "Read notifications deleted", deleted };
  });
}

function found(notification: Notification | undefined): Notification {
  if (!notification) throw notFound("Notification");
  return notification;
}
