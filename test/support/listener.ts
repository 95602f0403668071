import type { Page } from "playwright-core";

/** What somebody who does not see a page gets from it. */
interface Listener {
  /** What has been read out since it was last asked. */
  said(): Promise<string[]>;
  /** What had the focus each time that it fell to nobody. */
  lost(): Promise<string[]>;
}

/** Listens to a page from now on, for as long as it is not loaded anew. */
export async function listenTo(page: Page): Promise<Listener> {
  await page.evaluate(`{
    const known = new WeakMap();
    let last;
    listened = { said: [], lost: [] };
    const listen = () => {
      for (const region of document.querySelectorAll("[aria-live=polite], [aria-live=assertive], [role=alert]")) {
        const text = region.textContent.trim();
        if (text !== "" && text !== known.get(region)) listened.said.push(text);
        known.set(region, text);
      }
    };
    // A frame later whoever gives the focus to something else has done so.
    const look = () => requestAnimationFrame(() => {
      if (last && document.activeElement === document.body) listened.lost.push(last);
    });
    const name = (element) =>
      element.tagName.toLowerCase() + " " + (element.ariaLabel ?? element.textContent.trim().slice(0, 40));
    listen();
    listened.said = [];
    document.addEventListener("focusin", ({ target }) => { last = name(target); });
    document.addEventListener("focusout", look);
    const observer = new MutationObserver(() => [listen(), look()]);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  }`);
  return {
    said: () => page.evaluate("listened.said.splice(0)"),
    lost: () => page.evaluate("listened.lost"),
  };
}

/** Cards and edges on the canvas as they are named, and what their pills say, as a browser hands it to those who read out. */
export async function namesOnCanvas(page: Page, cards: number): Promise<string[]> {
  const canvas = page.locator("[data-canvas]");
  await canvas
    .getByRole("article")
    .nth(cards - 1)
    .waitFor();
  const tree = await canvas.ariaSnapshot();
  return tree.split("\n").flatMap((line) => {
    const [, role = "", name = ""] = /- '?(application|article|img) "(.+)"/.exec(line) ?? [];
    const [, text] = /- text: (.+)/.exec(line) ?? [];
    // How long it took is not the same each time.
    if (text && text !== "React Flow") return [`      pill: ${text.replace(/ ?\b\d+:\d\d\b/, "")}`];
    return role === "" ? [] : [`  ${places[role]}: ${name}`];
  });
}

const places: Readonly<Record<string, string>> = { application: "canvas", article: "card", img: "edge" };
