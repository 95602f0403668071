import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { usePreferences } from "../preferences.ts";
import { isCommand } from "./command-key.ts";
import { places } from "./places.ts";

const busy =
  "input, textarea, select, [contenteditable=true], [role=textbox], [role=dialog], [role=alertdialog], [role=menu], .xterm";

/** Whether a key is a command by itself: not text, not meant for what floats above the page, and not switched off. */
function isCommandLetter({ ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || !usePreferences.getState().singleKeys) return false;
  return !(target instanceof Element && target.closest(busy));
}

const letterMs = 1_500;

/** The keys that work everywhere. */
export function useShellKeys(show: (layer: "palette" | "keys") => void): void {
  const router = useRouter();

  useEffect(() => {
    let goUntil = 0;

    function go(key: string): boolean {
      const place = places.find(({ letter }) => letter === key);
      goUntil = 0;
      if (place) void router.navigate({ to: place.to });
      return place !== undefined;
    }

    function letterKey(event: KeyboardEvent): boolean {
      const { key } = event;
      if (!isCommandLetter(event)) return false;
      if (Date.now() < goUntil) return go(key.toLowerCase());
      if (key === "?") show("keys");
      if (key === "g") goUntil = Date.now() + letterMs;
      return key === "?";
    }

    function press(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const isPalette = isCommand(event) && event.key.toLowerCase() === "k";
      if (isPalette) show("palette");
      const isTaken = isPalette || (event.key === "F6" ? nextRegion(event.shiftKey) : letterKey(event));
      if (!isTaken) return;
      event.preventDefault();
      event.stopPropagation();
    }

    // Before the page, which has letters of its own, hears the one after `G`.
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, [router, show]);
}

/** Moves the focus to the next part of the window, round and round: rail, bar, page and what the page declares. */
function nextRegion(isBack: boolean): boolean {
  const all = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter((each) =>
    each.checkVisibility(),
  );
  const here = all.findLastIndex((region) => region.contains(document.activeElement));
  const step = isBack ? -1 : 1;
  const next = all[here < 0 && isBack ? all.length - 1 : (here + step + all.length) % all.length];
  if (!next) return false;
  const first = next.querySelector<HTMLElement>(
    "a[href]:not([tabindex='-1']), button, input, select, textarea, [tabindex='0']",
  );
  (next.tabIndex >= 0 || !first ? next : first).focus();
  return true;
}
