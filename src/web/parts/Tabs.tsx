import { type KeyboardEvent, type ReactNode, useRef } from "react";
import styles from "./Tabs.module.css";

export interface TabsProps<Id extends string> {
  value: Id;
  onChange: (id: Id) => void;
  tabs: readonly { id: Id; label: string; badge?: ReactNode }[];
  /** What they divide, for those who listen. */
  label: string;
}

/** A row of tabs: one tab stop, arrows move and choose. What they show is the caller's, in a `TabPanel`. */
export function Tabs<Id extends string>({ value, onChange, tabs, label }: TabsProps<Id>) {
  const row = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const next =
      tabs[
        indexAfter(
          event.key,
          tabs.findIndex(({ id }) => id === value),
          tabs.length,
        )
      ];
    if (!next) return;
    event.preventDefault();
    onChange(next.id);
    row.current?.querySelector<HTMLElement>(`#${tabId(next.id)}`)?.focus();
  };
  return (
    <div ref={row} role="tablist" aria-label={label} className={styles.tabs} onKeyDown={move}>
      {tabs.map(({ id, label: name, badge }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={tabId(id)}
          aria-selected={id === value}
          tabIndex={id === value ? 0 : -1}
          className={styles.tab}
          onClick={() => onChange(id)}
        >
          {name}
          {badge !== undefined && badge !== null && <span className={styles.badge}>{badge}</span>}
        </button>
      ))}
    </div>
  );
}

/** What one tab shows. */
export function TabPanel({ tab, children }: { tab: string; children: ReactNode }) {
  return (
    <div role="tabpanel" aria-labelledby={tabId(tab)}>
      {children}
    </div>
  );
}

const tabId = (id: string) => `tab-${id.replace(/\W/g, "-")}`;

function indexAfter(key: string, at: number, count: number): number {
  if (key === "ArrowRight") return (at + 1) % count;
  if (key === "ArrowLeft") return (at - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : -1;
}
