import { createTasks } from "./background/tasks.ts";
import { tellNotifications } from "./background/tell-notifications.ts";
import type { Hub } from "./events/hub.ts";
import type { UserEvents } from "./events/user-events.ts";
import { notificationRoutes } from "./features/notifications/routes.ts";
import type { Mount } from "./http/mount.ts";
import type { NotificationStore } from "./storage/notifications.ts";

interface NotificationParts {
  storage: { notifications: NotificationStore };
  hub: Hub;
  users: UserEvents;
  now(): Date;
  report(error: unknown): void;
}

/** What people are notified of: kept by whatever makes it happen, told from here. */
export function mountNotifications(mount: Mount, { storage, ...parts }: NotificationParts) {
  const tasks = createTasks(parts.report);
  notificationRoutes(mount, { ...storage, ...parts });
  return {
    start: () => tasks.start((signal) => tellNotifications({ ...storage, ...parts }, signal)),
    stop: () => tasks.stop(),
  };
}
