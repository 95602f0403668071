import { expect, test } from "vitest";
import { createDenialNotes } from "./note-denials.ts";

test("L03: the same denial is noted once a minute, and of one user no more than some", async () => {
  let at = Date.parse("2026-01-01T00:00:00Z");
  const notes: unknown[] = [];
  const note = createDenialNotes({
    audits: { note: async (entry) => void notes.push(entry) },
    now: () => new Date(at),
  });
  const deny = (user_id: string, object: string) => note({ user_id, object, address: "127.0.0.1" });
  await deny("ada", "PUT /a");
  await deny("ada", "PUT /a");
  await deny("bob", "PUT /a");
  expect(notes).toEqual([
    {
      user_id: "ada",
      object: "PUT /a",
      address: "127.0.0.1",
      at: "2026-01-01T00:00:00.000Z",
      action: "denied",
      result: "refused",
    },
    expect.objectContaining({ user_id: "bob" }),
  ]);
  for (let turn = 0; turn < 100; turn += 1) await deny("ada", `PUT /${turn}`);
  expect(notes).toHaveLength(21);
  at += 60_000;
  await deny("ada", "PUT /a");
  expect(notes).toHaveLength(22);
});
