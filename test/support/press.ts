import { isDeepStrictEqual } from "node:util";
import type { Page } from "playwright-core";
import { vi } from "vitest";
import { twoFrames } from "./settled.ts";

// In the page: what changed since it was last asked, but for tooltips, which come and go with the focus.
const watch = `
  window.__changes = 0;
  const isTip = (node) => node instanceof Element && Boolean(
    node.closest("[role=tooltip]") || node.querySelector("[role=tooltip]") ||
    node.matches("[data-radix-popper-content-wrapper]:empty"));
  const counts = ({ type, target, attributeName, addedNodes, removedNodes }) => {
    if (isTip(target) || target.parentElement?.closest("time")) return false;
    if (type === "attributes") return !/^(aria-describedby|data-state|style)$/.test(attributeName);
    return type === "characterData" || [...addedNodes, ...removedNodes].some((node) => !isTip(node));
  };
  new MutationObserver((all) => { window.__changes += all.filter(counts).length; })
    .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
`;

/** What came of pressing: something that can be told, nothing, or it was no longer there. */
export type Pressed = "done" | "dead" | "gone";

interface Focused {
  isThere: boolean;
  isFocused: boolean;
  role: string | null;
}

/**
 * Presses an element, given as an expression in the page, and tells whether anything happens: by the page, to the
 * server, or beside both.
 */
export async function presserOf(page: Page) {
  let beside = 0;
  const happens = () => {
    beside += 1;
  };
  page.on("request", happens).on("download", happens).on("filechooser", happens).on("popup", happens);
  await page.addInitScript({ content: `addEventListener("DOMContentLoaded", () => { ${watch} });` });

  const state = async () => {
    const [changes, isFocused] = await page.evaluate<[number, boolean]>(
      "[window.__changes, document.activeElement === window.__pressed]",
    );
    return { changes, isFocused, beside, url: page.url() };
  };

  return async function press(element: string): Promise<Pressed> {
    const { changes } = await state();
    // At once, or it may go between one question and the next.
    const { isThere, isFocused, role } = await page.evaluate<Focused>(`{
      const element = ${element};
      element?.focus();
      window.__pressed = element;
      ({
        isThere: element?.isConnected === true,
        isFocused: document.activeElement === element,
        role: element?.getAttribute("role"),
      });
    }`);
    if (!isThere) return "gone";
    if (!isFocused) return "dead";
    await page.evaluate(twoFrames);
    const focused = await state();
    // A tab opens as soon as the focus is on it.
    const before = role === "tab" ? { ...focused, changes } : focused;
    await page.keyboard.press("Enter");
    return vi
      .waitFor(
        async (): Promise<Pressed> => {
          // A document that is gone answers nothing: that it went is something that happened.
          const now = await state().catch(() => undefined);
          if (isDeepStrictEqual(now, before)) throw new Error("Nothing happens");
          return "done";
        },
        { timeout: 20_000, interval: 20 },
      )
      .catch(() => "dead");
  };
}
