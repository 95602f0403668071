import { defineConfig } from "vitest/config";

/** What is told of a real cluster too, by the number its name begins with. */
const ofCluster = /(^| )(3|4|5|6|7|8|9|10|11|15|20|21|22)[:,] /;

/** One file after another: a browser and a server each are enough for two cores. */
export default defineConfig({
  test: {
    include: ["test/web/**/*.test.ts"],
    globalSetup: ["test/support/build-web.ts"],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 120_000,
    ...(process.env.TEST_KUBECONFIG && { testNamePattern: ofCluster }),
  },
});
