import { sql } from "kysely";
import type { Notification, notificationOperations } from "../../contract/notifications.ts";
import type { Received } from "../../contract/operation.ts";
import type { Database } from "./database.ts";
import type { NotificationRow } from "./tables.ts";

export type NotificationStore = ReturnType<typeof notificationStore>;

type Query = Received<typeof notificationOperations.listNotifications>["query"];

/** What people were told of. What makes it is in the transaction of whatever it is about. */
export function notificationStore(database: Database) {
  return { ...reading(database), ...changing(database) };
}

function reading({ read, clockMs }: Database) {
  const of = (user_id: string) => read.selectFrom("notifications").where("user_id", "=", user_id);

  async function unreadCount(user_id: string): Promise<number> {
    const unread = of(user_id).where("read_at", "is", null);
    return (await unread.select((eb) => eb.fn.countAll<number>().as("count")).executeTakeFirstOrThrow())
      .count;
  }

  return {
    unreadCount,

    /** The newest first. */
    async page(user_id: string, { page, limit, offset = (page - 1) * limit, unread }: Query) {
      const matching = unread ? of(user_id).where("read_at", "is", null) : of(user_id);
      const sorted = matching.selectAll().orderBy("created_at", "desc").orderBy("id", "desc");
      const rows = await sorted.limit(limit).offset(offset).execute();
      const counted = matching.select((eb) => eb.fn.countAll<number>().as("total"));
      const { total } = await counted.executeTakeFirstOrThrow();
      return { notifications: rows.map(toNotification), total };
    },

    /** What was written in the last moments by any server, and how long ago that was. */
    async latest(withinMs: number): Promise<{ notification: Notification; ageMs: number }[]> {
      const rows = await read
        .selectFrom("notifications")
        .selectAll()
        .select(sql<number>`${clockMs} - told_ms`.as("age_ms"))
        .where((eb) => eb("told_ms", ">", eb(clockMs, "-", withinMs)))
        .orderBy("told_ms")
        .orderBy("id")
        .limit(mostAtOnce)
        .execute();
      return rows.map(({ age_ms, ...row }) => ({ notification: toNotification(row), ageMs: age_ms }));
    },
  };
}

const mostAtOnce = 5_000;

function changing({ write }: Database) {
  return {
    /** What was marked, and how it is then; nothing if it is not there, or somebody else's. */
    async markRead(id: string, user_id: string, read_at: string): Promise<Notification | undefined> {
      const row = await write((tx) =>
        tx
          .updateTable("notifications")
          .set((eb) => ({ read_at: eb.fn.coalesce("read_at", eb.val(read_at)) }))
          .where("id", "=", id)
          .where("user_id", "=", user_id)
          .returningAll()
          .executeTakeFirst(),
      );
      return row && toNotification(row);
    },

    async markAllRead(user_id: string, read_at: string): Promise<void> {
      await write((tx) =>
        tx
          .updateTable("notifications")
          .set({ read_at })
          .where("user_id", "=", user_id)
          .where("read_at", "is", null)
          .execute(),
      );
    },

    /** False if it is not there, or somebody else's. */
    async remove(id: string, user_id: string): Promise<boolean> {
      const { numDeletedRows } = await write((tx) =>
        tx
          .deleteFrom("notifications")
          .where("id", "=", id)
          .where("user_id", "=", user_id)
          .executeTakeFirstOrThrow(),
      );
      return numDeletedRows > 0n;
    },

    /** How many that were. */
    async removeRead(user_id: string): Promise<number> {
      const { numDeletedRows } = await write((tx) =>
        tx
          .deleteFrom("notifications")
          .where("user_id", "=", user_id)
          .where("read_at", "is not", null)
          .executeTakeFirstOrThrow(),
      );
      return Number(numDeletedRows);
    },
  };
}

function toNotification(row: NotificationRow): Notification {
  const { id, user_id: userId, type, level, title, message, link, ref_id, created_at, read_at } = row;
  return {
    ...{ id, userId, type, level, title, message, read: read_at !== null },
    ...(link !== null && { link }),
    ...(ref_id !== null && { refId: ref_id }),
    ...{ createdAt: created_at, updatedAt: read_at ?? created_at },
  };
}
