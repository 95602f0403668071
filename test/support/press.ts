import { isDeepStrictEqual } from "node:util";
import type { ElementHandle, Page } from "playwright-core";
import { vi } from "vitest";

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

/** Whether pressing something does anything that can be told: by the page, to the server, or beside both. */
export async function presserOf(page: Page) {
  let beside = 0;
  const happens = () => {
    beside += 1;
  };
  page.on("request", happens).on("download", happens).on("filechooser", happens).on("popup", happens);
  await page.addInitScript({ content: `addEventListener("DOMContentLoaded", () => { ${watch} });` });

  const state = async () => {
    const seen = await page.evaluate<[number, boolean]>(
      "[window.__changes, document.activeElement === window.__pressed]",
    );
    return { changes: seen[0], isFocused: seen[1], beside, url: page.url() };
  };

  return async function press(button: ElementHandle): Promise<boolean> {
    const { changes } = await state();
    await button.focus();
    await page.evaluate("window.__pressed = document.activeElement");
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    const focused = await state();
    // A tab opens as soon as the focus is on it.
    const before = (await button.getAttribute("role")) === "tab" ? { ...focused, changes } : focused;
    await page.keyboard.press("Enter");
    return vi
      .waitFor(
        async () => {
          if (isDeepStrictEqual(await state(), before)) throw new Error("Nothing happens");
          return true;
        },
        { timeout: 20_000, interval: 20 },
      )
      .catch(() => false);
  };
}
