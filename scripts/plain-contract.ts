import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const source = (path: string) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));
const contract = source("contract/api.ts");
const shapes = source("web/whole/shapes.ts");

/** What a client has to know of an operation to call it; the schemas are the server's to check with. */
const needed = ["type", "method", "path", "access", "repeatable", "protocol"];

/** Gives pages the operations without their schemas, and so without what schemas are made with. */
export function plainContract(): Plugin {
  return {
    name: "plain-contract",
    async load(id) {
      if (id === shapes) return `export const shapes = ${JSON.stringify((await import(shapes)).shapes)};`;
      if (id !== contract) return;
      const { api } = (await import(contract)) as { api: Record<string, object> };
      const operations = Object.entries(api).map(([name, operation]) => [
        name,
        Object.fromEntries(Object.entries(operation).filter(([key]) => needed.includes(key))),
      ]);
      return `export const api = ${JSON.stringify(Object.fromEntries(operations))};`;
    },
  };
}
