import { Link, useRouterState } from "@tanstack/react-router";
import { Bell as Icon } from "lucide-react";
import { api } from "../../contract/api.ts";
import type { Notification } from "../../contract/notifications.ts";
import { useRead } from "../api.ts";
import { useEvent } from "../live/events.ts";
import { NoticeText } from "../pages/notifications/NoticeList.tsx";
import { noticesChanged, useNotices } from "../pages/notifications/use-notices.ts";
import { Button } from "../parts/Button.tsx";
import { Menu, MenuItem, MenuLabel, MenuLine } from "../parts/Menu.tsx";
import { toast } from "../parts/toast.ts";
import styles from "./Bell.module.css";

const shown = 8;

/** How much is unread, and the latest of it. */
export function Bell() {
  const { data } = useRead(api.listNotifications, { query: { limit: shown } });
  const { open } = useNotices();
  const count = data?.unreadCount ?? 0;
  useNews(open);

  return (
    <Menu
      trigger={
        <Button
          variant="quiet"
          className={styles.bell}
          aria-label={count > 0 ? `Notifications, ${count} unread` : "Notifications"}
        >
          <Icon size={16} aria-hidden />
          {count > 0 && <span className={styles.count}>{count > 99 ? "99+" : count}</span>}
        </Button>
      }
    >
      {(data?.notifications ?? []).map((notice) => (
        <MenuItem key={notice.id} onSelect={() => open(notice)}>
          <span className={styles.notice}>
            <NoticeText {...notice} />
          </span>
        </MenuItem>
      ))}
      {data?.notifications.length === 0 && <MenuLabel>Nothing yet</MenuLabel>}
      <MenuLine />
      <MenuItem asChild>
        <Link to="/notifications">All notifications</Link>
      </MenuItem>
    </Menu>
  );
}

const tones = { info: "idle", success: "ok", warning: "warn", error: "bad" } as const;

/** Says what is new, unless the page that is open shows it already. */
function useNews(open: (notice: Notification) => void): void {
  const path = useRouterState({ select: ({ location }) => location.pathname });

  useEvent("notification", (news) => {
    void noticesChanged();
    for (const notice of news) {
      const { level, title, message, link } = notice;
      if (link !== undefined && path.startsWith(link.split(/[?#]/)[0] ?? link)) continue;
      const action = link === undefined ? undefined : { label: "Open", onPress: () => open(notice) };
      toast({ tone: tones[level] ?? "idle", title, text: message, action });
    }
  });
}
