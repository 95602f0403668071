import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** What is smaller than a packet travels no faster for being smaller still; fonts and pictures are compressed already. */
const leastBytes = 1_024;
const text = /\.(js|css|html|svg|json|webmanifest|txt|wasm)$/;

/** Puts a compressed copy beside each built file, so that the server never has to compress anything. */
export function compressBuilt(): Plugin {
  let folder = "";
  return {
    name: "compress-built",
    apply: "build",
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    async closeBundle() {
      const names = (await readdir(folder, { recursive: true })).filter((name) => text.test(name));
      await Promise.all(names.map((name) => compress(join(folder, name))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.length < leastBytes) return;
  const hint = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await writeFile(`${path}.br`, await brotli(bytes, { params: hint }));
  await writeFile(`${path}.gz`, await zip(bytes, { level: 9 }));
}
