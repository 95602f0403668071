import { builtinModules } from "node:module";
import { defineConfig } from "vite";

// The server and the command line as one bundle: loading a hundred small files is most of what a start costs.
export default defineConfig({
  build: {
    ssr: "src/cli/main.ts",
    outDir: "dist/release",
    emptyOutDir: true,
    target: "node24",
    minify: false,
    rollupOptions: { external: [...builtinModules, /^node:/, "pg-native", "bufferutil", "utf-8-validate"] },
  },
  ssr: { noExternal: true, target: "node" },
});
