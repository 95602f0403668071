import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Manifest } from "vite";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const kilobyte = 1_024;
/** What may have to be there before something can be used, gzipped. */
const budgets = { page: 180 * kilobyte, canvas: 285 * kilobyte, css: 30 * kilobyte };
/** Pages that bring the canvas with them. */
const withCanvas = /^pages\/(workflow|plan|run|version|compare)\//;
/** What is loaded when it is opened, where that is, and how much it may add. */
const parts = [
  {
    part: "pages/resource/TerminalTab.tsx",
    within: ["pages/resource/ResourcePage.tsx"],
    most: 100 * kilobyte,
  },
  {
    part: "inspector/YamlTab.tsx",
    within: ["pages/workflow/Workflow.tsx", "inspector/Inspector.tsx"],
    most: 175 * kilobyte,
  },
];

const budgetOf = (page: string) => (withCanvas.test(page) ? budgets.canvas : budgets.page);

/** The whole app is built, which a busy machine takes its time for. */
const buildMs = 240_000;

let folder = "";
let manifest: Manifest = {};

beforeAll(async () => {
  // Tests run in a mode of their own, in which React would be the one for developers.
  vi.stubEnv("NODE_ENV", "production");
  folder = await mkdtemp(join(tmpdir(), "orrery-build-"));
  await build({
    configFile: fileURLToPath(new URL("../../vite.config.ts", import.meta.url)),
    logLevel: "error",
    build: { outDir: folder, manifest: true },
  });
  manifest = JSON.parse(await readFile(join(folder, ".vite/manifest.json"), "utf8"));
}, buildMs);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A file and all that has to be there before it runs. */
function withImports(key: string, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const each of manifest[key]?.imports ?? []) withImports(each, seen);
  return seen;
}

const sizeOf = async (file: string) => gzipSync(await readFile(join(folder, file))).length;

async function sizeOfAll(files: Iterable<string>): Promise<number> {
  let size = 0;
  for (const file of new Set(files)) size += await sizeOf(file);
  return size;
}

async function sizesOf(isWanted: (page: string) => boolean): Promise<[string, number, number][]> {
  // The router, which is in the entry, knows all pages.
  const pages = manifest["index.html"]?.dynamicImports?.filter((key) => key.startsWith("pages/")) ?? [];
  const sizes: [string, number, number][] = [];
  for (const page of pages.filter(isWanted)) {
    const needed = withImports(page, withImports("index.html"));
    sizes.push([page, await scriptsOf(needed), budgetOf(page)]);
  }
  return told(sizes);
}

function scriptsOf(keys: Iterable<string>): Promise<number> {
  const files = [...keys].flatMap((key) => manifest[key]?.file ?? []);
  return sizeOfAll(files.filter((file) => file.endsWith(".js")));
}

function told(sizes: [string, number, number][]) {
  for (const [what, size, most] of sizes)
    process.stdout.write(`${(size / kilobyte).toFixed(0)} of ${most / kilobyte} KB  ${what}\n`);
  expect(sizes).not.toEqual([]);
  return sizes;
}

test("every page without a canvas can be used before much has been loaded", async () => {
  const sizes = await sizesOf((page) => !withCanvas.test(page));
  expect(sizes.filter(([, size, most]) => size > most)).toEqual([]);
});

test("the canvas can be used before much has been loaded", async () => {
  const sizes = await sizesOf((page) => withCanvas.test(page));
  expect(sizes.filter(([, size, most]) => size > most)).toEqual([]);
});

test("what is opened within a page adds no more than it may", async () => {
  const sizes: [string, number, number][] = [];
  for (const { part, within, most } of parts) {
    const there = withImports("index.html");
    for (const each of within) withImports(each, there);
    const added = [...withImports(part, new Set(there))].filter((file) => !there.has(file));
    sizes.push([part, await scriptsOf(added), most]);
  }
  expect(told(sizes).filter(([, size, most]) => size > most)).toEqual([]);
});

test("all stylesheets together are small", async () => {
  const files = Object.values(manifest).flatMap(({ css = [] }) => css);
  const size = await sizeOfAll(files);
  process.stdout.write(`${(size / kilobyte).toFixed(0)} of ${budgets.css / kilobyte} KB  all stylesheets\n`);
  expect(size).toBeLessThanOrEqual(budgets.css);
});
