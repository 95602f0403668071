import { type RefObject, useEffect } from "react";

/** Where what had the focus goes away, the page has it, and not nobody: whoever listens or types goes on from there. */
export function useKeptFocus(page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let last: Element | undefined;
    const note = ({ target }: FocusEvent) => {
      if (target instanceof Element) last = target;
    };
    const observer = new MutationObserver(() => {
      if (!last || last.isConnected || document.activeElement !== document.body) return;
      // What floats above the page keeps the focus itself.
      if (!document.querySelector("[role=dialog], [role=alertdialog]"))
        page.current?.focus({ preventScroll: true });
    });
    document.addEventListener("focusin", note);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener("focusin", note);
      observer.disconnect();
    };
  }, [page]);
}
