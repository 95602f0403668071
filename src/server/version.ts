import { readFileSync } from "node:fs";

/** The product's version: the sources and the bundle are as deep below the package's own description of itself. */
export function readVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version;
}
