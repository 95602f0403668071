import { fileURLToPath } from "node:url";
import { build } from "vite";

/** Before all browser tests, once: what they open is what is shipped. With TEST_WEB_BUILT that is there already. */
export async function setup(): Promise<void> {
  if (process.env.TEST_WEB_BUILT) return;
  // Tests run in a mode of their own, in which React would be the one for developers.
  process.env.NODE_ENV = "production";
  await build({
    configFile: fileURLToPath(new URL("../../vite.config.ts", import.meta.url)),
    logLevel: "error",
  });
}
