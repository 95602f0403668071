import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { type Client, createClient } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import type { SignedIn } from "../../src/contract/auth.ts";
import { type ChildServer, startChildServer } from "./child-server.ts";
import { executablePath } from "./chromium.ts";

/** Of everybody in browser tests. */
export const password = "correct horse battery";

export interface Person extends SignedIn {
  client: Client;
}

export interface App {
  url: string;
  server: ChildServer;
  browser: Browser;
  /** A page of somebody who has not signed in. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** Somebody of that name, made when first asked for. Ada comes before all others, and is the administrator. */
  person(name?: string): Promise<Person>;
  /** A page of that person, signed in and still blank: `goto` takes paths. */
  signedIn(name?: string, options?: BrowserContextOptions): Promise<{ page: Page } & Person>;
}

/**
 * The built app on a real server of its own, and a browser, for all tests of a file. What pages complain of, be it in
 * the console or to the outside, fails the test they were opened in.
 */
export function openApp(env: Record<string, string> = {}): App {
  const app = {} as App;
  const ends: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "orrery-web-"));
    ends.push(() => rm(folder, { recursive: true, force: true }));
    const server = await startChildServer(folder, { SANDBOX: "on", ...env });
    ends.push(() => server.kill());
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    ends.push(() => browser.close());
    Object.assign(app, { url: server.url, server, browser, ...visitors(browser, server.url) });
  });
  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });
  return app;
}

const first = "Ada";

function visitors(browser: Browser, url: string): Pick<App, "newPage" | "person" | "signedIn"> {
  const people = new Map<string, Promise<Person>>();

  async function newContext(options: BrowserContextOptions): Promise<BrowserContext> {
    const context = await browser.newContext({ baseURL: url, reducedMotion: "reduce", ...options });
    // For failing, not for waiting: pods start beside the browser, on a machine that may be slow.
    context.setDefaultTimeout(60_000);
    const complaints = listenTo(context, url);
    onTestFinished(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });
    return context;
  }

  async function register(name: string): Promise<Person> {
    const body = { email: `${name.toLowerCase()}@example.com`, password, name };
    const signed = await createClient({ baseUrl: url }).call(api.register, { body });
    return { ...signed, client: createClient({ baseUrl: url, token: () => signed.token }) };
  }

  async function person(name = first): Promise<Person> {
    if (name !== first) await person();
    const known = people.get(name) ?? register(name);
    people.set(name, known);
    return known;
  }

  return {
    person,
    newPage: async (options = {}) => (await newContext(options)).newPage(),
    async signedIn(name = first, options = {}) {
      const somebody = await person(name);
      const { token, user } = somebody;
      const context = await newContext(options);
      const session = JSON.stringify({ token, user, expiresAt: Date.now() + 86_400_000 });
      // Once, so that who signs out in the test stays signed out.
      const content = `
        if (location.origin === ${JSON.stringify(url)} && !sessionStorage.getItem("test-signed-in")) {
          sessionStorage.setItem("test-signed-in", "yes");
          if (!localStorage.getItem("orrery-session"))
            localStorage.setItem("orrery-session", ${JSON.stringify(session)});
        }`;
      await context.addInitScript({ content });
      return { ...somebody, page: await context.newPage() };
    },
  };
}

/** What a test has kept from a page; that it did not come is no complaint. */
const withheld = new Set<string>();

/** Keeps files of the app from a page, as a server does that has others by now, until it is told not to. */
export async function withhold(page: Page, files: RegExp): Promise<() => Promise<void>> {
  await page.route(files, (route) => {
    withheld.add(route.request().url());
    return route.abort();
  });
  return () => page.unroute(files);
}

/** Errors, what the page's own policy forbids, and requests to anybody else. */
function listenTo(context: BrowserContext, url: string): string[] {
  const complaints: string[] = [];
  context.on("console", (message) => {
    // That a request was refused is noted by the browser; what the app makes of it is for the test to see.
    const { url: of } = message.location();
    const isRefusal =
      (of.startsWith(`${url}/v1/`) || withheld.has(of)) && /Failed to load resource/.test(message.text());
    // A pod that starts on this machine changes its network, and the browser asks for everything anew; and a story may
    // take the network or the server away while something is fetched beforehand: at each step of a connection that has
    // a name of its own.
    const isOfConnection =
      /net::ERR_(NETWORK_CHANGED|INTERNET_DISCONNECTED|CONNECTION_\w+|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE)/.test(
        message.text(),
      );
    if (message.type() === "error" && !isRefusal && !isOfConnection)
      complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complaints.push(String(error.error().stack ?? error.error())));
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(url).origin)
      complaints.push(`asked ${request.url()}`);
  });
  return complaints;
}

/** Nothing that a machine can tell keeps anybody from using the page as it is now. */
export async function axeClean(page: Page): Promise<void> {
  await findsNothing(page, axeOf(page));
}

/** The same in both themes; what does not go by colours is the same in either. */
export async function axeCleanInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await axeClean(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await findsNothing(page, axeOf(page).withRules(["color-contrast", "link-in-text-block"]));
}

/** In the page itself: it has no frames, and needs no blank page for what they found. Of what is well no more is told. */
const axeOf = (page: Page) =>
  new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode();

async function findsNothing(page: Page, axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  expect(
    violations.map(({ id, help, nodes }) => ({
      id,
      help,
      at: nodes.map(({ html, failureSummary }) => [html, failureSummary]),
    })),
    `what axe finds at ${page.url()}`,
  ).toEqual([]);
}

/** Nothing lies outside the window to the right. */
export async function noSidewaysScroll(page: Page): Promise<void> {
  const outside = await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  expect(outside, `what of ${page.url()} lies outside the window`).toBe(0);
}

/** For people to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(tmpdir(), "shots", `${name}.png`) });
}
