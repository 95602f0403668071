import { defineConfig } from "vitest/config";

const waiting = { testTimeout: 120_000, hookTimeout: 60_000 };

/** All share one cluster. What has a namespace of its own mostly waits for pods, so two files go side by side. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "together",
          include: ["test/api/**/*.test.ts"],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          ...waiting,
        },
      },
      {
        test: {
          // They stop the cluster's programs, flood it, and count what it uses.
          name: "alone",
          include: ["test/real/**/*.test.ts"],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          ...waiting,
        },
      },
    ],
  },
});
