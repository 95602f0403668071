import { existsSync } from "node:fs";

/** The one that draws on no screen takes a third less of a machine. */
const places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

/** Where the browser of tests and benchmarks is, or should be. */
export const executablePath =
  process.env.CHROMIUM_PATH ?? places.find((place) => existsSync(place)) ?? "/usr/bin/chromium";
