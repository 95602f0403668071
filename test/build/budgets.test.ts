import { beforeAll, expect, test, vi } from "vitest";
import { type BuiltSizes, measureBuilt, type Size } from "../support/built-sizes.ts";

/** The whole app is built, which a busy machine takes its time for. */
const buildMs = 240_000;

let built: BuiltSizes;

beforeAll(async () => {
  // Tests run in a mode of their own, in which React would be the one for developers.
  vi.stubEnv("NODE_ENV", "production");
  built = await measureBuilt();
}, buildMs);

function expectWithin(sizes: readonly Size[]): void {
  const kilobytes = (bytes: number) => (bytes / 1_024).toFixed(0);
  for (const { what, bytes, most } of sizes)
    process.stdout.write(`${kilobytes(bytes)} of ${kilobytes(most)} KB  ${what}\n`);
  expect(sizes).not.toEqual([]);
  expect(sizes.filter(({ bytes, most }) => bytes === 0 || bytes > most)).toEqual([]);
}

test("every page without a canvas can be used before much has been loaded", () => expectWithin(built.pages));

test("the canvas can be used before much has been loaded", () => expectWithin(built.canvases));

test("what is opened within a page adds no more than it may", () => expectWithin(built.parts));

test("all stylesheets together are small", () => expectWithin([built.styles]));
