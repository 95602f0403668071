import { defineConfig } from "vitest/config";

/** One file after another: they share one cluster, and two cores. */
export default defineConfig({
  test: {
    include: ["test/api/**/*.test.ts", "test/real/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
