import type { Transaction } from "kysely";
import type { User } from "../../contract/user.ts";
import { audit } from "./audit.ts";
import type { Database, Reader } from "./database.ts";
import { prepared } from "./prepared.ts";
import { sessionsOfUser } from "./sessions-of-user.ts";
import type { SessionRow, Tables } from "./tables.ts";
import { userColumns } from "./users.ts";

export type SessionStore = ReturnType<typeof sessionStore>;

type Begun = Pick<SessionRow, "id" | "user_id" | "created_at" | "token_id" | "issued_at" | "expires_at">;

export type NewSession = Begun & Partial<Pick<SessionRow, "address" | "agent">>;

/** The token a session is continued with. */
export type NextToken = Pick<SessionRow, "token_id" | "issued_at" | "expires_at">;

export type OpenSession = Omit<Begun, "user_id"> & Pick<SessionRow, "previous_token_id"> & { user: User };

type CallerRow = User & Pick<SessionRow, "token_id" | "previous_token_id" | "issued_at">;

/** Who is in a session, and its tokens. */
export type SessionCaller = Omit<CallerRow, keyof User> & { user: User };

export function sessionStore(database: Database) {
  const { read, write } = database;
  const unchanged = unchangedCallers(database);
  const callerById = prepared<CallerRow>(
    database,
    read
      .selectFrom("sessions")
      .innerJoin("users", "users.id", "sessions.user_id")
      .select([...userColumns, "sessions.token_id", "sessions.previous_token_id", "sessions.issued_at"])
      .where("sessions.id", "=", "")
      .where("sessions.ended_at", "is", null)
      .compile(),
  );

  return {
    /**
     * Begins a session of a user whose password still is the one that was judged; false where it was changed
     * meanwhile. Sessions of the user that nobody can continue any more are swept away.
     */
    begin(session: NewSession, password_hash: string, beyondRefresh: string): Promise<boolean> {
      return write((tx) => beginOne(tx, session, password_hash, beyondRefresh));
    },

    /** Who is in a session, and by which tokens, unless it has ended. Asked once a request. */
    async callerOf(session_id: string): Promise<SessionCaller | undefined> {
      const moment = unchanged.moment();
      const row = await callerById(session_id);
      return row && unchanged.keep(session_id, moment, inSession(row));
    },

    /** The same where nothing at all was written since it was read. */
    keptCaller: (session_id: string): SessionCaller | undefined => unchanged.find(session_id),

    /** A session that has not ended, with all that is known of its tokens. */
    find: (id: string): Promise<OpenSession | undefined> => findOne(read, id),

    /** Puts the next token in force; false where the old one was not in force any more. */
    rotate(id: string, token_id: string, next: NextToken): Promise<boolean> {
      return write((tx) => rotateOne(tx, id, token_id, next));
    },

    async end(id: string, ended_at: string, end_reason: string): Promise<void> {
      await write((tx) => endOne(tx, id, ended_at, end_reason));
    },

    /** Why a session has ended; nothing if it has not, or is forgotten. */
    async endReason(id: string): Promise<string | undefined> {
      const row = read.selectFrom("sessions").select("end_reason").where("id", "=", id);
      return (await row.executeTakeFirst())?.end_reason ?? undefined;
    },

    /** Which of these sessions have not ended. */
    stillOpen: (ids: readonly string[]): Promise<Set<string>> => openAmong(read, ids),

    ...sessionsOfUser(database),
  };
}

const mostUnchanged = 10_000;

/**
 * Rows as they are in the database: nobody else writes there, and each of our commits, whatever it changed, drops
 * them all before anybody hears of it.
 */
function unchangedCallers({ exclusive, onChanged }: Pick<Database, "exclusive" | "onChanged">) {
  const rows = new Map<string, SessionCaller>();
  let commits = 0;
  onChanged(() => {
    commits += 1;
    rows.clear();
  });

  return {
    find: (session_id: string): SessionCaller | undefined => rows.get(session_id),
    /** Counts commits: what was read before one is not kept after it. */
    moment: (): number => commits,
    keep(session_id: string, moment: number, row: SessionCaller): SessionCaller {
      const isPresent = exclusive && moment === commits;
      if (isPresent && rows.size < mostUnchanged) rows.set(session_id, row);
      return row;
    },
  };
}

function inSession({ token_id, previous_token_id, issued_at, ...user }: CallerRow): SessionCaller {
  return { user, token_id, previous_token_id, issued_at };
}

async function beginOne(
  tx: Transaction<Tables>,
  session: NewSession,
  password_hash: string,
  beyondRefresh: string,
): Promise<boolean> {
  // A write to the row, so that on PostgreSQL too a change of the password comes before it or after it.
  const user = await tx
    .updateTable("users")
    .set({ password_hash })
    .where("id", "=", session.user_id)
    .where("password_hash", "=", password_hash)
    .returning("id")
    .executeTakeFirst();
  if (!user) return false;
  await tx
    .deleteFrom("sessions")
    .where("user_id", "=", session.user_id)
    .where("expires_at", "<", beyondRefresh)
    .execute();
  const { id: object, user_id, created_at: at, address = null } = session;
  await audit(tx, { at, user_id, action: "sign_in", object, address });
  await tx
    .insertInto("sessions")
    .values({
      ...{ address: null, agent: null, ...session, last_seen_at: session.created_at },
      ...{ previous_token_id: null, ended_at: null, end_reason: null },
    })
    .execute();
  return true;
}

async function findOne(read: Reader, id: string): Promise<OpenSession | undefined> {
  const row = await read
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .select(userColumns)
    .select(["sessions.token_id", "sessions.previous_token_id"])
    .select(["sessions.created_at as began_at", "sessions.issued_at", "sessions.expires_at"])
    .where("sessions.id", "=", id)
    .where("sessions.ended_at", "is", null)
    .executeTakeFirst();
  if (!row) return undefined;
  const { token_id, previous_token_id, began_at, issued_at, expires_at, ...user } = row;
  return { id, user, created_at: began_at, token_id, previous_token_id, issued_at, expires_at };
}

async function openAmong(read: Reader, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await read
    .selectFrom("sessions")
    .select("id")
    .where("id", "in", [...ids])
    .where("ended_at", "is", null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

async function rotateOne(
  tx: Transaction<Tables>,
  id: string,
  token_id: string,
  next: NextToken,
): Promise<boolean> {
  const { token_id: next_id, issued_at, expires_at } = next;
  const rotated = await tx
    .updateTable("sessions")
    .set({ token_id: next_id, issued_at, expires_at, previous_token_id: token_id })
    .where("id", "=", id)
    .where("token_id", "=", token_id)
    .where("ended_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return rotated !== undefined;
}

async function endOne(tx: Transaction<Tables>, id: string, ended_at: string, end_reason: string) {
  await tx
    .updateTable("sessions")
    .set({ ended_at, end_reason })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .execute();
}
