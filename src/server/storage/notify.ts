import type { Transaction } from "kysely";
import type { Note } from "../../core/notifications/notes.ts";
import { newId } from "../new-id.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

/** Something that happened once, and is told once: the name says what it is, whoever notices it. */
interface Happening {
  happening: string;
  note: Note;
  at: string;
}

const kept = 200;
const readMs = 7 * 24 * 3_600_000;

/** Tells people of something in the transaction in which it happens, so that both are so or neither is. */
export async function notify(
  tx: Transaction<Tables>,
  clockMs: Database["clockMs"],
  user_ids: readonly string[],
  { happening, note, at }: Happening,
): Promise<void> {
  const { refId = null, link = null, ...said } = note;
  for (const user_id of user_ids) {
    const row = {
      id: newId(),
      user_id,
      happening,
      ...said,
      link,
      ref_id: refId,
      created_at: at,
      read_at: null,
    };
    await tx
      .insertInto("notifications")
      .values({ ...row, told_ms: clockMs })
      .onConflict((oc) => oc.doNothing())
      .execute();
    await forgetOldest(tx, user_id, at);
  }
}

/** Nobody keeps more than so many, nor for long what they have read. */
async function forgetOldest(tx: Transaction<Tables>, user_id: string, at: string): Promise<void> {
  const readBefore = new Date(Date.parse(at) - readMs).toISOString();
  const latest = tx
    .selectFrom("notifications")
    .select("id")
    .where("user_id", "=", user_id)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(kept);
  await tx
    .deleteFrom("notifications")
    .where("user_id", "=", user_id)
    .where((eb) => eb.or([eb("read_at", "<", readBefore), eb("id", "not in", latest)]))
    .execute();
}

/** What somebody was told is wrong with something: raised once, and taken back once. */
export async function raiseAlarm(tx: Transaction<Tables>, subject: string): Promise<string | undefined> {
  const raised = await tx
    .insertInto("alarms")
    .values({ subject, id: newId() })
    .onConflict((oc) => oc.doNothing())
    .returning("id")
    .executeTakeFirst();
  return raised?.id;
}

export async function endAlarm(tx: Transaction<Tables>, subject: string): Promise<string | undefined> {
  const ended = await tx
    .deleteFrom("alarms")
    .where("subject", "=", subject)
    .returning("id")
    .executeTakeFirst();
  return ended?.id;
}
