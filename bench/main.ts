import { report } from "./harness/results.ts";

/** Each is loaded when it is asked for, so that one that cannot run does not stop the others. */
const benchmarks: Record<string, () => Promise<boolean>> = {
  read: async () => (await import("./read.ts")).read(),
  save: async () => (await import("./save.ts")).save(),
  deploy: async () => (await import("./deploy.ts")).deploy(),
  fanout: async () => (await import("./fanout.ts")).fanout(),
  storm: async () => (await import("./storm.ts")).storm(),
  streams: async () => (await import("./streams.ts")).streams(),
  boot: async () => (await import("./boot.ts")).boot(),
  auth: async () => (await import("./auth.ts")).auth(),
  watch: async () => (await import("./watch.ts")).watch(),
  logs: async () => (await import("./logs.ts")).logs(),
  canvas: async () => (await import("./canvas.ts")).canvas(),
  search: async () => (await import("./search.ts")).search(),
};

const [name = "all"] = process.argv.slice(2);

if (name === "report") {
  report();
} else if (name === "all" || Object.hasOwn(benchmarks, name)) {
  let stands = true;
  for (const [each, run] of Object.entries(benchmarks))
    if (name === "all" || name === each) stands = (await run()) && stands;
  process.exit(stands ? 0 : 1);
} else {
  process.stderr.write(
    `Usage: npm run bench -- ${[...Object.keys(benchmarks), "all", "report"].join("|")}\n`,
  );
  process.exit(2);
}
