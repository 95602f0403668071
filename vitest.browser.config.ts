import { defineConfig } from "vitest/config";

/** One file after another: a browser and a server each are enough for two cores. */
export default defineConfig({
  test: {
    include: ["test/web/**/*.test.ts"],
    globalSetup: ["test/support/build-web.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
