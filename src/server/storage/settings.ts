import type { Transaction } from "kysely";
import { audit } from "./audit.ts";
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
  async function find(key: Setting): Promise<string | undefined> {
    const row = await read.selectFrom("settings").select("value").where("key", "=", key).executeTakeFirst();
    return row?.value;
  }

  return {
    find,

    async save(key: Setting, value: string, { by, at }: { by: string; at: string }): Promise<void> {
      await write(async (tx) => {
        await audit(tx, { at, user_id: by, action: "admin_change", object: key });
        await tx
          .insertInto("settings")
          .values({ key, value })
          .onConflict((oc) => oc.column("key").doUpdateSet({ value }))
          .execute();
      });
    },

    /** What is there, or else what is made, the same for several servers that ask at once. */
    async findOr(key: Setting, make: () => string): Promise<string> {
      const known = await find(key);
      if (known !== undefined) return known;
      const made = make();
      await write((tx) =>
        tx
          .insertInto("settings")
          .values({ key, value: made })
          .onConflict((oc) => oc.doNothing())
          .execute(),
      );
      return (await find(key)) ?? made;
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
