import { useRouter } from "@tanstack/react-router";
import { Clock, Keyboard, LogOut, type LucideIcon, Monitor, Moon, Sun, Zap } from "lucide-react";
import { useMemo } from "react";
import type { ComboboxItem } from "../parts/Combobox.tsx";
import { prefer } from "../preferences.ts";
import { endSession, useSession } from "../session.ts";
import { useActions } from "./actions.ts";
import { account, places } from "./places.ts";
import { useRecents } from "./recents.ts";

export interface PaletteItem extends ComboboxItem {
  run(): void;
}

/** What the palette offers without asking anybody: what was open, what can be done here, and where one can go. */
export function usePaletteItems(onKeys: () => void): readonly PaletteItem[] {
  const router = useRouter();
  const user = useSession((session) => session.user);
  const actions = useActions();
  const { user_id, recents } = useRecents();

  return useMemo(() => {
    const go = (href: string) => router.history.push(href);
    const known = [...places, ...account].filter(({ adminsOnly }) => user?.role === "admin" || !adminsOnly);
    return [
      ...(user_id === user?.id ? recents : []).map(({ href, title, of }) =>
        item({ id: `recent ${href}`, label: title, hint: of, icon: Clock, run: () => go(href) }),
      ),
      ...actions.map(({ id, label, icon = Zap, run }) => item({ id: `do ${id}`, label, icon, run })),
      ...known.map(({ to, label, icon }) =>
        item({ id: `page ${to}`, label, hint: "Page", icon, run: () => void router.navigate({ to }) }),
      ),
      ...ours(onKeys),
    ];
  }, [router, user, actions, user_id, recents, onKeys]);
}

function ours(onKeys: () => void): PaletteItem[] {
  return [
    item({ id: "light", label: "Theme: light", icon: Sun, run: () => prefer({ theme: "light" }) }),
    item({ id: "dark", label: "Theme: dark", icon: Moon, run: () => prefer({ theme: "dark" }) }),
    item({
      id: "system",
      label: "Theme: as the system",
      icon: Monitor,
      run: () => prefer({ theme: "system" }),
    }),
    item({ id: "keys", label: "Keys", icon: Keyboard, run: onKeys }),
    item({ id: "out", label: "Sign out", icon: LogOut, run: () => void endSession() }),
  ];
}

function item({ icon: Icon, ...rest }: Omit<PaletteItem, "icon"> & { icon: LucideIcon }): PaletteItem {
  return { ...rest, icon: <Icon size={16} aria-hidden /> };
}
