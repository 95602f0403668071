import { defineConfig } from "vitest/config";

/** Takes the README's pictures, with a browser on the built app. */
export default defineConfig({
  test: {
    include: ["test/pictures/**/*.test.ts"],
    globalSetup: ["test/support/build-web.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
