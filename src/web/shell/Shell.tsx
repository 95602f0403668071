import { Outlet } from "@tanstack/react-router";
import { Suspense, useCallback, useEffect, useRef, useState } from "react";
import { applyLive } from "../live/apply.ts";
import { keepConnected } from "../live/connection.ts";
import { later, useAtHand } from "../parts/later.tsx";
import { useToasts } from "../parts/toast.ts";
import { usePreferences } from "../preferences.ts";
import { useSession } from "../session.ts";
import { wholeParts } from "../whole/without-nulls.ts";
import { ConnectionBar } from "./ConnectionBar.tsx";
import { Rail } from "./Rail.tsx";
import { useRemember } from "./recents.ts";
import styles from "./Shell.module.css";
import { TopBar } from "./TopBar.tsx";
import { useKeptFocus } from "./use-kept-focus.ts";
import { useShellKeys } from "./use-shell-keys.ts";

// What is not there at first comes before it is needed: the server may be gone when it is.
const Palette = later(() => import("./Palette.tsx"), "Palette");
const KeyMap = later(() => import("./KeyMap.tsx"), "KeyMap");
const Toasts = later(() => import("../parts/Toasts.tsx"), "Toasts");
const SignInAgain = later(() => import("./SignInAgain.tsx"), "SignInAgain");
const parts = [SignInAgain, Toasts, Palette, KeyMap, wholeParts];

/** What is around every page. It stays when pages change, and holds the tab's one event stream. */
export function Shell(): React.ReactNode {
  const [layer, show] = useState<"palette" | "keys">();
  const rail = usePreferences((preferences) => preferences.rail);
  useEffect(() => {
    const ends = [applyLive(), keepConnected()];
    return () => {
      for (const end of ends) end();
    };
  }, []);
  const isToasting = useSticky(useToasts((toasts) => toasts.length > 0));
  const isOver = useSession(({ user, token }) => user !== undefined && token === undefined);
  useAtHand(parts);
  useShellKeys(show);
  const page = useRef<HTMLElement>(null);
  useKeptFocus(page);
  useRemember();
  const showKeys = useCallback(() => show("keys"), []);
  const openChange = (open: boolean) => !open && show(undefined);

  return (
    <div className={styles.shell} data-rail={rail}>
      <a className={styles.skip} href="#page">
        Skip to the page
      </a>
      <Rail />
      <TopBar onSearch={() => show("palette")} onKeys={showKeys} />
      <div className={styles.notices}>
        <ConnectionBar />
        <Suspense>
          {isOver && <SignInAgain />}
          {layer === "palette" && <Palette open onOpenChange={openChange} onKeys={showKeys} />}
          {layer === "keys" && <KeyMap open onOpenChange={openChange} />}
          {isToasting && <Toasts />}
        </Suspense>
      </div>
      <main ref={page} id="page" className={styles.page} tabIndex={-1} data-region>
        <Outlet />
      </main>
    </div>
  );
}

/** True from the first time on. */
function useSticky(isNow: boolean): boolean {
  const [was, setWas] = useState(isNow);
  if (isNow && !was) setWas(true);
  return was || isNow;
}
