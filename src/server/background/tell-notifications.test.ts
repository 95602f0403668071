import { expect, test } from "vitest";
import type { Notification } from "../../contract/notifications.ts";
import { tellNotifications } from "./tell-notifications.ts";

test("what was told is not told again to who leaves and comes back within the moment", async () => {
  const stopping = new AbortController();
  const there = [true, false, true, true];
  const heard: string[] = [];
  const notification = { id: "run-ended" } as Notification;
  const telling = tellNotifications(
    {
      notifications: { latest: async () => [{ notification, ageMs: 100 }] },
      users: {
        isAnybodyThere: () => there.shift() ?? stopping.abort() ?? false,
        notified: ({ id }) => void heard.push(id),
      },
      report: () => expect.unreachable(),
    },
    stopping.signal,
  );
  await telling.catch(() => undefined);
  expect(heard).toEqual(["run-ended"]);
});
