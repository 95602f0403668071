import { copyFileSync } from "node:fs";
import { defineConfig } from "vite";

// The server and the command line as one bundle: loading hundreds of small files is most of what a start costs.
export default defineConfig({
  publicDir: false,
  build: {
    ssr: "src/cli/main.ts",
    outDir: "dist/release",
    emptyOutDir: true,
    target: "node24",
    // Natives that are used where somebody has them, and never needed.
    rolldownOptions: {
      external: ["pg-native", "bufferutil", "utf-8-validate"],
      // As deep as the sources are, so that what is beside dist/release is found from either.
      output: { chunkFileNames: "[name]-[hash].js" },
    },
  },
  ssr: { noExternal: true, target: "node" },
  plugins: [
    {
      name: "boot-file",
      closeBundle: () => copyFileSync("src/cli/boot.js", "dist/orrery.js"),
    },
  ],
});
