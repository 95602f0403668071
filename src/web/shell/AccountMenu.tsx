import { useNavigate } from "@tanstack/react-router";
import { LogOut } from "lucide-react";
import { Button } from "../parts/Button.tsx";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from "../parts/Menu.tsx";
import { prefer, usePreferences } from "../preferences.ts";
import { endSession, useSession } from "../session.ts";
import { account } from "./places.ts";
import styles from "./TopBar.module.css";

const themes = { system: "As the system", light: "Light", dark: "Dark" } as const;

export function AccountMenu() {
  const user = useSession((session) => session.user);
  const theme = usePreferences((preferences) => preferences.theme);
  const navigate = useNavigate();
  if (!user) return null;

  return (
    <Menu
      trigger={
        <Button variant="quiet" className={styles.account} aria-label={`Account of ${user.name}`}>
          <span className={styles.initials}>{initialsOf(user.name)}</span>
        </Button>
      }
    >
      <span className={styles.who}>
        <strong>{user.name}</strong>
        {user.email}
      </span>
      <MenuLine />
      {account.map(({ to, label, icon }) => (
        <MenuItem key={to} icon={icon} onSelect={() => void navigate({ to })}>
          {label}
        </MenuItem>
      ))}
      {account.length > 0 && <MenuLine />}
      <MenuLabel>Theme</MenuLabel>
      {(Object.keys(themes) as (keyof typeof themes)[]).map((name) => (
        <MenuChoice key={name} checked={name === theme} onSelect={() => prefer({ theme: name })}>
          {themes[name]}
        </MenuChoice>
      ))}
      <MenuLine />
      <MenuItem icon={LogOut} onSelect={() => void endSession()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

/** The first letters of the first and the last word: whole characters, whatever script they are of. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((word = "") => [...word][0] ?? "")
    .join("")
    .toLocaleUpperCase();
}
