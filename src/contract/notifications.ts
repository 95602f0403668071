import { type Static, Type } from "typebox";
import { Gap, StreamEnd } from "./events.ts";
import { idParam, Time } from "./ids.ts";
import { endpoint, stream } from "./operation.ts";

const at = "/v1/api/user-notifications" as const;

export const Notification = Type.Object({
  id: Type.String(),
  userId: Type.String(),
  type: Type.Enum([
    "workflow_deployed",
    "workflow_failed",
    "build_completed",
    "build_failed",
    "resource_warning",
    "system",
  ]),
  level: Type.Enum(["info", "success", "warning", "error"]),
  title: Type.String(),
  message: Type.String(),
  read: Type.Boolean(),
  link: Type.Optional(Type.String({ description: "Where in the app it is about, as a path." })),
  refId: Type.Optional(Type.String({ description: "The workflow or the cluster it is about." })),
  createdAt: Time,
  updatedAt: Time,
});
export type Notification = Static<typeof Notification>;

const unreadCount = Type.Integer();
const params = Type.Object({ id: idParam("notification") });

export const notificationOperations = {
  listNotifications: endpoint({
    method: "GET",
    path: at,
    summary:
      "List what the caller was notified of, the newest first; the latest 200 are kept, read ones for a week",
    access: "user",
    query: Type.Object({
      page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 }),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
      offset: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 1_000_000, description: "Goes before `page`." }),
      ),
      unread: Type.Boolean({ default: false, description: "Only what has not been read." }),
    }),
    success: 200,
    result: Type.Object({
      notifications: Type.Array(Notification),
      total: Type.Integer(),
      unreadCount,
      page: Type.Integer(),
      limit: Type.Integer(),
    }),
  }),
  countUnread: endpoint({
    method: "GET",
    path: `${at}/unread-count`,
    summary: "Count what has not been read",
    access: "user",
    success: 200,
    result: Type.Object({ unreadCount }),
  }),
  followNotifications: stream({
    path: `${at}/stream`,
    summary: "Follow notifications alone; `GET /events` tells of them too",
    access: "user",
    events: {
      connected: Type.Object({ unreadCount }),
      new_notification: Notification,
      gap: Gap,
      end: StreamEnd,
    },
  }),
  readNotification: endpoint({
    method: "PATCH",
    path: `${at}/:id/read`,
    summary: "Mark a notification as read",
    access: "user",
    params,
    success: 200,
    result: Type.Object({ message: Type.String(), notification: Notification }),
  }),
  readAllNotifications: endpoint({
    method: "POST",
    path: `${at}/mark-all-read`,
    summary: "Mark all notifications as read",
    access: "user",
    success: 200,
    result: Type.Object({ message: Type.String(), unreadCount }),
  }),
  deleteNotification: endpoint({
    method: "DELETE",
    path: `${at}/:id`,
    summary: "Delete a notification",
    access: "user",
    params,
    success: 200,
    result: Type.Object({ message: Type.String() }),
  }),
  deleteReadNotifications: endpoint({
    method: "DELETE",
    path: at,
    summary: "Delete all notifications that have been read",
    access: "user",
    success: 200,
    result: Type.Object({ message: Type.String(), deleted: Type.Integer() }),
  }),
};
