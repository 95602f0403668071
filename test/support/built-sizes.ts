import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Manifest } from "vite";

/** How large something is, gzipped, and how large it may be. */
export interface Size {
  what: string;
  bytes: number;
  most: number;
}

export interface BuiltSizes {
  /** Of every page without a canvas, all that has to be there before it can be used. */
  pages: Size[];
  /** The same of pages with a canvas. */
  canvases: Size[];
  /** Of what is opened within a page, what comes on top. */
  parts: Size[];
  styles: Size;
}

const kilobyte = 1_024;
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

/** Builds the whole app, in a folder that is gone afterwards, and measures it. */
export async function measureBuilt(): Promise<BuiltSizes> {
  const folder = await mkdtemp(join(tmpdir(), "orrery-build-"));
  try {
    await build({
      configFile: fileURLToPath(new URL("../../vite.config.ts", import.meta.url)),
      logLevel: "error",
      build: { outDir: folder, manifest: true },
    });
    return await sizesIn(folder, JSON.parse(await readFile(join(folder, ".vite/manifest.json"), "utf8")));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sizesIn(folder: string, manifest: Manifest): Promise<BuiltSizes> {
  async function sizeOf(files: Iterable<string>): Promise<number> {
    let size = 0;
    for (const file of new Set(files)) size += gzipSync(await readFile(join(folder, file))).length;
    return size;
  }

  async function scriptsOf(what: string, keys: Iterable<string>, most: number): Promise<Size> {
    const files = [...keys].flatMap((key) => manifest[key]?.file ?? []);
    return { what, bytes: await sizeOf(files.filter((file) => file.endsWith(".js"))), most };
  }

  async function sizesOf(wanted: readonly string[], most: number): Promise<Size[]> {
    const sizes: Size[] = [];
    for (const page of wanted)
      sizes.push(await scriptsOf(page, withImports(manifest, [page, "index.html"]), most));
    return sizes;
  }

  const added: Size[] = [];
  for (const { part, within, most } of parts) {
    const there = withImports(manifest, ["index.html", ...within]);
    added.push(await scriptsOf(part, withImports(manifest, [part]).difference(there), most));
  }
  // The router, which is in the entry, knows all pages.
  const all = manifest["index.html"]?.dynamicImports?.filter((key) => key.startsWith("pages/")) ?? [];
  const styles = await sizeOf(Object.values(manifest).flatMap(({ css = [] }) => css));
  return {
    pages: await sizesOf(
      all.filter((page) => !withCanvas.test(page)),
      budgets.page,
    ),
    canvases: await sizesOf(
      all.filter((page) => withCanvas.test(page)),
      budgets.canvas,
    ),
    parts: added,
    styles: { what: "all stylesheets", bytes: styles, most: budgets.css },
  };
}

/** Files, and all that has to be there before they run. */
function withImports(manifest: Manifest, keys: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const add = (key: string) => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const each of manifest[key]?.imports ?? []) add(each);
  };
  for (const key of keys) add(key);
  return seen;
}
