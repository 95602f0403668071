import type { BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import type { App } from "./browser.ts";
import type { Place } from "./everything.ts";
import { settledOf } from "./settled.ts";

export interface Visit {
  page: Page;
  place: Place;
  /** Waits until all that was asked for is on screen. */
  settled(): Promise<void>;
}

interface VisitOptions extends BrowserContextOptions {
  who?: string;
  /** Before the page is opened. */
  prepare?(page: Page): Promise<void>;
}

const atOnce = 3;

/** Opens all places, a few at a time, and looks at each. What is wrong is told of all of them. */
export async function visitAll(
  app: App,
  places: readonly Place[],
  { who = "Ada", prepare, ...options }: VisitOptions,
  look: (visit: Visit) => Promise<void>,
): Promise<void> {
  const wrong: string[] = [];
  const left = [...places];

  async function visitor(): Promise<void> {
    const { page } = await app.signedIn(who, options);
    // Where the machine is busy with others a page may take long, and is no worse for it.
    page.setDefaultTimeout(120_000);
    await prepare?.(page);
    const settled = settledOf(page);
    const visit = async (place: Place) => {
      await page.goto(place.path);
      await look({ page, place, settled });
    };
    for (let place = left.shift(); place; place = left.shift()) {
      const { path } = place;
      await visit(place).catch((error) => wrong.push(`${path}: ${error.message}`));
    }
  }

  await Promise.all(Array.from({ length: atOnce }, visitor));
  expect(wrong).toEqual([]);
}
