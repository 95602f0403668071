import type { Database } from "./database.ts";
import type { ResourceAccessRow } from "./tables.ts";

const day = 86_400_000;

/** What happened to objects, kept for 30 days, and who looked at them, kept for 7. */
export function resourceLogs({ read, write }: Database) {
  return {
    /** The newest first. */
    history: (resource_id: string, limit: number, offset = 0) =>
      read
        .selectFrom("resource_history")
        .selectAll()
        .where("resource_id", "=", resource_id)
        .orderBy("id", "desc")
        .limit(limit)
        .offset(offset)
        .execute(),

    async historyLength(resource_id: string): Promise<number> {
      const lines = read.selectFrom("resource_history").where("resource_id", "=", resource_id);
      const { count } = await lines
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async noteAccess(access: ResourceAccessRow): Promise<void> {
      await write((tx) => tx.insertInto("resource_access").values(access).execute());
    },

    async forgetOld(now: Date): Promise<void> {
      const before = (days: number) => new Date(now.getTime() - days * day).toISOString();
      await write(async (tx) => {
        await tx.deleteFrom("resource_history").where("at", "<", before(30)).execute();
        await tx.deleteFrom("resource_access").where("at", "<", before(7)).execute();
      });
    },
  };
}
