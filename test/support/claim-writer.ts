import { randomUUID } from "node:crypto";
import { openSqlite } from "../../src/server/storage/database.ts";

const [path = ""] = process.argv.slice(2);
const { write } = await openSqlite(path);

// Until it is killed: that is what it is for.
for (;;) {
  const names = Array.from({ length: 4 }, () => randomUUID());
  const writes = names.map((name) =>
    write((tx) => tx.insertInto("claims").values({ name, user_id: "" }).execute()),
  );
  await Promise.all(writes);
  for (const name of names) process.send?.(name);
}
