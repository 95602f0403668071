import type { Database } from "../../src/server/storage/database.ts";

interface Person {
  id: string;
  name?: string;
  email?: string;
  /** When they came. */
  at: string;
}

/** A user for tests that need one to own things, and not one who signs in. */
export async function insertUser(database: Database, person: Person): Promise<void> {
  const { id, name = "Ada", email = `${id}@example.com`, at } = person;
  await database.write((tx) =>
    tx
      .insertInto("users")
      .values({
        ...{ id, name, email, role: "user", password_hash: "", avatar_url: "", auth_provider: "" },
        ...{ default_cluster_id: null, created_at: at, updated_at: at },
      })
      .execute(),
  );
}
