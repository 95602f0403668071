import { useRouter } from "@tanstack/react-router";
import { api } from "../../../contract/api.ts";
import type { Notification } from "../../../contract/notifications.ts";
import { invalidate, useSend } from "../../api.ts";
import { toastFailure } from "../../parts/toast-failure.ts";

/** What is known of notifications may have changed. */
export function noticesChanged(): Promise<unknown> {
  return Promise.all([invalidate(api.listNotifications), invalidate(api.countUnread)]);
}

/** Reads notifications, and goes where they lead. */
export function useNotices() {
  const router = useRouter();
  const onSettled = noticesChanged;
  const read = useSend(api.readNotification, { onSettled });
  const readAll = useSend(api.readAllNotifications, {
    onError: toastFailure("They could not be marked as read"),
    onSettled,
  });

  return {
    open({ id, read: isRead, link }: Notification): void {
      if (!isRead) read.mutate({ params: { id } });
      // Only to places of ours, whatever it says.
      if (link !== undefined && /^\/(?![/\\])/.test(link)) router.history.push(link);
    },
    readAll: () => readAll.mutate({}),
  };
}
