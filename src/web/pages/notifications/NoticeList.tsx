import type { Notification } from "../../../contract/notifications.ts";
import type { Tone } from "../../look/status.ts";
import { toneIcons } from "../../parts/tone-icons.ts";
import { When } from "../../parts/When.tsx";
import styles from "./Notifications.module.css";

const tones: Readonly<Record<Notification["level"], Tone>> = {
  info: "idle",
  success: "ok",
  warning: "warn",
  error: "bad",
};

interface NoticeListProps {
  notices: readonly Notification[];
  onOpen(notice: Notification): void;
}

export function NoticeList({ notices, onOpen }: NoticeListProps) {
  return (
    <ul className={styles.list}>
      {notices.map((notice) => (
        <li key={notice.id}>
          <button type="button" className={styles.notice} onClick={() => onOpen(notice)}>
            <NoticeText {...notice} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** One notification, as it stands in lists and menus. */
export function NoticeText({ level, title, message, read, createdAt }: Notification) {
  const tone = tones[level] ?? "idle";
  const Icon = toneIcons[tone];
  return (
    <>
      <Icon size={16} aria-hidden className={styles.icon} data-tone={tone} />
      <span className={styles.text}>
        <span className={read ? undefined : styles.unread}>
          {title}
          {!read && <span className={styles.mark}>new</span>}
        </span>
        <span className={styles.message}>{message}</span>
        <span className={styles.when}>
          <When at={createdAt} />
        </span>
      </span>
    </>
  );
}
