import type { Page } from "playwright-core";
import type { App } from "./browser.ts";
import { presserOf } from "./press.ts";
import { settledOf } from "./settled.ts";

/** What would end the visit. */
const spared = /^(Sign out|End )/;
const layer = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
// What is off says why; what is chosen already cannot be chosen again.
const off = ":disabled, [aria-disabled=true], [aria-selected=true], [aria-pressed=true], [aria-current]";
const buttons = `:is(button, summary, [role=tab]):not(${off})`;
const items = `:is([role=menuitem], [role=menuitemradio], [role=menuitemcheckbox]):not(${off})`;

export interface Crawled {
  /** Buttons that do nothing, and where. */
  dead: string[];
  /** Where the links lead. */
  links: Set<string>;
  pressed: number;
}

/** Presses each button of these pages once, closes what opens, and notes where the links lead. */
export async function crawl(app: App, who: string, paths: readonly string[]): Promise<Crawled> {
  const found: Crawled = { dead: [], links: new Set(), pressed: 0 };
  const known = new Set<string>();
  const left = [...paths];

  async function visitor(): Promise<void> {
    const { page } = await app.signedIn(who, { permissions: ["clipboard-read", "clipboard-write"] });
    page.on("dialog", (dialog) => void dialog.accept().catch(() => undefined));
    const visit = { page, press: await presserOf(page), settled: settledOf(page), found, known };
    for (let path = left.shift(); path; path = left.shift()) {
      await page.goto(path);
      await crawlPage({ ...visit, path });
    }
  }

  await Promise.all(Array.from({ length: 3 }, visitor));
  return found;
}

interface Crawl {
  page: Page;
  path: string;
  press: Awaited<ReturnType<typeof presserOf>>;
  settled(): Promise<void>;
  found: Crawled;
  known: Set<string>;
}

async function crawlPage(visit: Crawl): Promise<void> {
  await visit.settled();
  let opener = await pressNext(visit, buttons);
  while (opener) {
    await noteLinks(visit);
    // A menu closes when something in it is chosen, and is opened again for the next.
    while (await pressNext(visit, items, `${opener}: `)) {
      await leave(visit);
      const again = visit.page.getByRole("button", { name: opener, exact: true }).first();
      // It may be called something else now that something of it was chosen.
      if ((await again.count()) === 0) break;
      await again.press("Enter");
      await visit.settled();
    }
    await leave(visit);
    opener = await pressNext(visit, buttons);
  }
  await noteLinks(visit);
}

/** Presses the next one that was not pressed yet, by its name on this page, or in what is around every page. */
async function pressNext(visit: Crawl, selector: string, within = ""): Promise<string | undefined> {
  const { page, path, press, settled, known, found } = visit;
  const all = await page.evaluate<Named[]>(naming(selector));
  const keyOf = ({ name, isAround }: Named) => `${isAround && within === "" ? "" : path} ${within}${name}`;
  const index = all.findIndex((each) => !spared.test(each.name) && !known.has(keyOf(each)));
  const next = all[index];
  if (!next) return undefined;
  // At once: others are at the same things on other pages.
  known.add(keyOf(next));
  const pressed = await press(`window.__named[${index}]`);
  if (pressed === "gone") {
    // What stands in its place now is still to be pressed.
    known.delete(keyOf(next));
    return pressNext(visit, selector, within);
  }
  found.pressed += 1;
  if (pressed === "dead") found.dead.push(`${within}${next.name} on ${path}`);
  await settled();
  return next.name;
}

interface Named {
  name: string;
  isAround: boolean;
}

const naming = (selector: string) => `
  window.__named = [...document.querySelectorAll(${JSON.stringify(selector)})]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }));
  window.__named.map((element) => ({
    name: (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().replace(/\\s+/g, " "),
    isAround: !element.closest("main"),
  }));`;

/** Closes what has opened; where the page is another one now, goes back. */
async function leave({ page, path, settled }: Crawl): Promise<void> {
  const isSame = new URL(page.url()).pathname === new URL(path, page.url()).pathname;
  if (isSame && (await page.locator(layer).count()) > 0) await page.keyboard.press("Escape");
  if (!isSame) await page.goto(path);
  await settled();
  if ((await page.locator(layer).count()) === 0) return;
  await page.goto(path);
  await settled();
}

async function noteLinks({ page, found }: Crawl): Promise<void> {
  const links = await page.evaluate<string[]>(
    "[...document.querySelectorAll('a[href]')].map(({ href }) => href)",
  );
  for (const link of links) found.links.add(link);
}
