import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";

/** CPU of a whole process, all threads, in microseconds, and what else it reports about itself. */
export interface Usage {
  cpuUs: number;
  rssMb: number;
  lagP99Ms: number;
  /** Sockets, timers and whatever else keeps a process up. */
  handles: number;
}

export interface Child {
  process: ChildProcess;
  url: string;
  /** What it printed or sent when it was ready. */
  ready: Record<string, unknown>;
  usage(): Promise<Usage>;
  /** Answers when it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const running = new Set<ChildProcess>();

// Whatever ends us ends them, by pid.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    endAll();
    process.exit(130);
  });
process.on("exit", endAll);

function endAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

const canPin =
  process.platform === "linux" && availableParallelism() > 1 && spawnSync("taskset", ["-V"]).status === 0;

/** Keeps this process where the servers are not, as the load is. */
export function pinLoad(): void {
  if (canPin) spawnSync("taskset", ["-a", "-c", "-p", "1", String(process.pid)]);
}

/** Node on one core from its first step, so that it counts that one as all it has. */
function pinned(core: 0 | 1, execArgv: string[]) {
  if (!canPin) return { execArgv };
  return { execPath: "taskset", execArgv: ["-c", String(core), process.execPath, ...execArgv] };
}

interface StartOptions {
  args?: string[];
  env?: Record<string, string>;
  core?: 0 | 1;
  execArgv?: string[];
}

/** Starts a server that sends `{url, …}` when it is ready and answers `usage`. */
export async function startChild(file: string, options: StartOptions = {}): Promise<Child> {
  const child = fork(file, options.args ?? [], {
    env: { ...process.env, ...options.env },
    ...pinned(options.core ?? 0, options.execArgv ?? []),
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  const ready = await message(child, "ready");

  return {
    process: child,
    url: String(ready.url ?? ""),
    ready,
    async usage() {
      child.send({ ask: "usage" });
      return (await message(child, "usage")) as unknown as Usage;
    },
    async stop(signal = "SIGTERM") {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill(signal);
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(late);
    },
  };
}

export function message(child: ChildProcess, type: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const hear = (told: Record<string, unknown>) => {
      if (told.type !== type) return;
      forget();
      resolve(told);
    };
    const fail = (code: number | null) => {
      forget();
      reject(new Error(`A benchmark's process ended with ${code}`));
    };
    const forget = () => child.off("message", hear).off("exit", fail);
    child.on("message", hear).on("exit", fail);
  });
}
