import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { applyLive } from "../live/apply.ts";
import { keepConnected } from "../live/connection.ts";
import { useToasts } from "../parts/toast.ts";
import { usePreferences } from "../preferences.ts";
import { useSession } from "../session.ts";
import { ConnectionBar } from "./ConnectionBar.tsx";
import { Rail } from "./Rail.tsx";
import { useRemember } from "./recents.ts";
import styles from "./Shell.module.css";
import { TopBar } from "./TopBar.tsx";
import { useShellKeys } from "./use-shell-keys.ts";

// What is not there at first is loaded when it is first needed.
const Palette = lazy(() => import("./Palette.tsx").then((module) => ({ default: module.Palette })));
const KeyMap = lazy(() => import("./KeyMap.tsx").then((module) => ({ default: module.KeyMap })));
const Toasts = lazy(() => import("../parts/Toasts.tsx").then((module) => ({ default: module.Toasts })));

// The server may be gone when a session ends, so that this one is fetched before.
const loadSignIn = () => import("./SignInAgain.tsx");
const SignInAgain = lazy(() => loadSignIn().then((module) => ({ default: module.SignInAgain })));

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
  useEffect(() => void loadSignIn().catch(() => undefined), []);
  useShellKeys(show);
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
        <Suspense>{isOver && <SignInAgain />}</Suspense>
      </div>
      <main id="page" className={styles.page} tabIndex={-1} data-region>
        <Outlet />
      </main>
      <Suspense>
        {layer === "palette" && <Palette open onOpenChange={openChange} onKeys={showKeys} />}
        {layer === "keys" && <KeyMap open onOpenChange={openChange} />}
        {isToasting && <Toasts />}
      </Suspense>
    </div>
  );
}

/** True from the first time on. */
function useSticky(isNow: boolean): boolean {
  const [was, setWas] = useState(isNow);
  if (isNow && !was) setWas(true);
  return was || isNow;
}
