import { fileURLToPath } from "node:url";
import { build } from "vite";

/** Before all browser tests, once: what they open is what is shipped. */
export async function setup(): Promise<void> {
  // Tests run in a mode of their own, in which React would be the one for developers.
  process.env.NODE_ENV = "production";
  await build({
    configFile: fileURLToPath(new URL("../../vite.config.ts", import.meta.url)),
    logLevel: "error",
  });
}
