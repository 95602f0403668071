import type { Page, Request } from "playwright-core";
import { vi } from "vitest";

const isStream = (request: Request) => request.headers().accept === "text/event-stream";

/** Waits, as often as it is called, until the page has all that it asked for, and has drawn it. */
export function settledOf(page: Page): () => Promise<void> {
  const open = new Set<Request>();
  let asked = 0;
  page.on("request", (request) => {
    if (isStream(request)) return;
    open.add(request);
    asked += 1;
  });
  page.on("requestfinished", (request) => open.delete(request));
  page.on("requestfailed", (request) => open.delete(request));
  // What was asked for by a document that is gone is never finished.
  page.on("framenavigated", () => open.clear());

  return () =>
    vi.waitFor(
      async () => {
        const before = asked;
        await page.evaluate(twoFrames);
        if (open.size > 0 || asked > before)
          throw new Error(`Waits for ${[...open].map((request) => request.url())}`);
      },
      { timeout: 120_000, interval: 20 },
    );
}

/** In the page: until what was done is drawn. */
export const twoFrames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";
