import { createShell, type Shell, type Sink } from "./shell.ts";

export type Shells = ReturnType<typeof createShells>;

const bare = /(^|\/)(scratch|distroless)/;
const known = new Set(["/bin/sh", "sh", "/bin/ash", "ash"]);
const internal = "Internal error occurred: error executing command in container: failed to exec in container";

/** The programs that run in one tenant's containers: shells, as far as they are simulated. */
export function createShells() {
  const running = new Map<number, { place: string; shell: Shell }>();
  let last = 10;

  return {
    start(place: { key: string; image: string }, command: readonly string[], sink: Sink) {
      const [name = "", flag, script = "", ...args] = command;
      if (bare.test(place.image) || !known.has(name)) {
        sink.end(missing(name));
        return silent;
      }
      if (flag === "-c" && script.includes("kill")) {
        for (const [pid, each] of running)
          if (each.place === place.key && args.includes(String(pid))) each.shell.kill();
        sink.end({ status: "Success" });
        return silent;
      }
      last += 1;
      const pid = last;
      const shell = createShell(sink, () => running.delete(pid));
      running.set(pid, { place: place.key, shell });
      // What it is told to say before it goes on as a shell.
      const [, said] = /echo "([^"]*)"; exec/.exec(script) ?? [];
      shell.begin(said?.replaceAll("$$", String(pid)));
      return shell;
    },
  };
}

const silent = { hear: () => undefined, resize: () => undefined, leave: () => undefined };

/** In the words of a container runtime. */
function missing(name: string) {
  const why = name.startsWith("/")
    ? `stat ${name}: no such file or directory`
    : "executable file not found in $PATH";
  const message = `${internal}: OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": ${why}: unknown`;
  return {
    status: "Failure",
    message: `Internal error occurred: ${message}`,
    reason: "InternalError",
    details: { causes: [{ message }] },
    code: 500,
  };
}
