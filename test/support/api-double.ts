import type { Page, Request, Route } from "playwright-core";
import { api } from "../../src/contract/api.ts";
import type { Endpoint, Operation } from "../../src/contract/operation.ts";

const everything = "**/v1/api/**";

/** The part of the contract that was asked for. */
function operationOf(request: Request): Operation | undefined {
  const { pathname } = new URL(request.url());
  return operations.find(({ method, pattern }) => method === request.method() && pattern.test(pathname))
    ?.operation;
}

// What is spelled out goes before what is not: `/clusters/default` is no cluster's name.
const operations = Object.values<Operation>(api)
  .map((operation) => ({
    operation,
    method: operation.type === "endpoint" ? operation.method : "GET",
    pattern: new RegExp(`^${operation.path.replace(/:\w+/g, "[^/]+")}$`),
    unknowns: operation.path.split(":").length,
  }))
  .toSorted((a, b) => a.unknowns - b.unknowns);

/** Whether this only asks; a plan is asked for with a body, and changes nothing. */
function reads({ method, path }: Endpoint): boolean {
  return method === "GET" || path === api.planWorkflow.path;
}

/** Stands between the page and the server: what is read is answered so, all else goes through. */
async function answer(page: Page, how: (route: Route, endpoint: Endpoint) => Promise<void>): Promise<void> {
  await page.route(everything, async (route) => {
    const operation = operationOf(route.request());
    if (operation?.type !== "endpoint" || !reads(operation)) return route.continue();
    // The page may be gone by now.
    await how(route, operation).catch(() => undefined);
  });
}

/** Whatever is read is refused, in these words. */
export function refuse(page: Page, status: number, error: string): Promise<void> {
  return answer(page, (route) => route.fulfill({ status, json: { error } }));
}

/** Nothing that is read is ever answered. */
export function keepWaiting(page: Page): Promise<void> {
  return answer(page, async () => undefined);
}

/** The server's own answers, changed on the way. */
export function change(page: Page, by: (endpoint: Endpoint, json: unknown) => unknown): Promise<void> {
  return answer(page, async (route, endpoint) => {
    const response = await route.fetch();
    if (!response.ok()) return route.fulfill({ response });
    await route.fulfill({ response, json: by(endpoint, await response.json()) });
  });
}

/** Nothing is told as it happens. */
export async function withoutEvents(page: Page): Promise<void> {
  await page.route("**/v1/api/events?**", (route) => route.abort());
}

/** The same answer of somebody who has nothing. */
export function emptied(json: unknown): unknown {
  if (Array.isArray(json)) return [];
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, /^(total|unreadCount)$/.test(key) ? 0 : emptied(value)]),
  );
}
