import type { Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

export type SettingStore = ReturnType<typeof settingStore>;

type Setting = "invite_code" | "invite_single_use";

/** An invitation good for one registration, and the code that follows it. */
export interface Invite {
  code: string;
  next_code: string;
}

export function settingStore({ read, write }: Database) {
  return {
    async find(key: Setting): Promise<string | undefined> {
      const row = await read.selectFrom("settings").select("value").where("key", "=", key).executeTakeFirst();
      return row?.value;
    },

    async save(key: Setting, value: string): Promise<void> {
      await write((tx) =>
        tx
          .insertInto("settings")
          .values({ key, value })
          .onConflict((oc) => oc.column("key").doUpdateSet({ value }))
          .execute(),
      );
    },

    /** Keeps what is there, so that several servers starting at once agree. */
    async saveFirst(key: Setting, value: string): Promise<void> {
      await write((tx) =>
        tx
          .insertInto("settings")
          .values({ key, value })
          .onConflict((oc) => oc.doNothing())
          .execute(),
      );
    },
  };
}

/** Replaces the code by the next one; false where somebody else was faster. */
export async function claimInvite(tx: Transaction<Tables>, { code, next_code }: Invite): Promise<boolean> {
  const replaced = await tx
    .updateTable("settings")
    .set({ value: next_code })
    .where("key", "=", "invite_code")
    .where("value", "=", code)
    .returning("key")
    .executeTakeFirst();
  return replaced !== undefined;
}
