import { toJsonText } from "../../core/json-text.ts";
import type { Database } from "./database.ts";
import type { ResourceMarkRow } from "./tables.ts";

type Marks = Omit<ResourceMarkRow, "resource_id" | "user_id">;

/** What each user keeps beside objects, and nobody else sees. */
export function resourceMarks({ read, write }: Database) {
  return {
    marksOf(resource_id: string, user_id: string): Promise<ResourceMarkRow | undefined> {
      const marks = read.selectFrom("resource_marks").selectAll();
      return marks.where("resource_id", "=", resource_id).where("user_id", "=", user_id).executeTakeFirst();
    },

    async favoritesAmong(resource_ids: readonly string[], user_id: string): Promise<Set<string>> {
      if (resource_ids.length === 0) return new Set();
      const marks = read.selectFrom("resource_marks").select("resource_id").where("user_id", "=", user_id);
      const rows = await marks
        .where("is_favorite", "=", 1)
        .where("resource_id", "in", [...resource_ids])
        .execute();
      return new Set(rows.map(({ resource_id }) => resource_id));
    },

    /** Only what is there changes. */
    async mark(resource_id: string, user_id: string, change: Partial<Marks>): Promise<void> {
      const nothing = { tags: toJsonText([]), notes: "", is_favorite: 0 };
      await write((tx) =>
        tx
          .insertInto("resource_marks")
          .values({ resource_id, user_id, ...nothing, ...change })
          .onConflict((oc) => oc.columns(["resource_id", "user_id"]).doUpdateSet(change))
          .execute(),
      );
    },
  };
}
