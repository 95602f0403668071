import { fileURLToPath } from "node:url";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import type { SignedIn } from "../../src/contract/auth.ts";
import { executablePath } from "../../test/support/chromium.ts";

const inPage = fileURLToPath(new URL("./in-page.js", import.meta.url));

export interface Visitor {
  /** A page of its own with nothing in its cache, signed in. */
  open(path: string): Promise<Page>;
  close(page: Page): Promise<void>;
  /** CPU of all its processes. */
  usage(): Promise<{ cpuUs: number }>;
  /** What the page's JavaScript holds, when what can be let go of is let go of. */
  heapMb(page: Page): Promise<number>;
  stop(): Promise<void>;
}

/** A browser of somebody who is signed in. */
export async function startBrowser(url: string, signed: SignedIn): Promise<Visitor> {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  const session = await browser.newBrowserCDPSession();

  async function newContext(): Promise<BrowserContext> {
    const viewport = { width: 1440, height: 900 };
    const context = await browser.newContext({ baseURL: url, reducedMotion: "reduce", viewport });
    const stored = JSON.stringify({ ...signed, expiresAt: Date.now() + 86_400_000 });
    const content = `if (location.origin === ${JSON.stringify(url)})
      localStorage.setItem("orrery-session", ${JSON.stringify(stored)});`;
    await context.addInitScript({ content });
    await context.addInitScript({ path: inPage });
    return context;
  }

  return {
    async open(path) {
      const page = await (await newContext()).newPage();
      page.on("pageerror", (error) => process.stderr.write(`${error.stack ?? error}\n`));
      await page.goto(path);
      return page;
    },
    close: (page) => page.context().close(),
    async usage() {
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      return { cpuUs: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1e6, 0) };
    },
    async heapMb(page) {
      const own = await page.context().newCDPSession(page);
      await own.send("HeapProfiler.collectGarbage");
      const { usedSize } = await own.send("Runtime.getHeapUsage");
      await own.detach();
      return usedSize / 1_048_576;
    },
    stop: () => browser.close(),
  };
}
