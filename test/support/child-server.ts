import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

export interface ChildServer {
  url: string;
  process: ChildProcess;
  /** As a crash would: at once, and without a word. */
  kill(): Promise<void>;
  /** As whoever runs it would. */
  stop(): Promise<void>;
}

/** The server in a process of its own, so that it can be killed. */
export async function startChildServer(
  folder: string,
  env: Record<string, string> = {},
  hear: (text: string) => void = (text) => process.stderr.write(text),
): Promise<ChildServer> {
  const child = spawn(process.execPath, [main, "serve"], {
    env: { ...process.env, PORT: "0", ORRERY_DATA_DIR: folder, SANDBOX: "off", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stderr.on("data", (chunk) => hear(String(chunk)));
  const url = await new Promise<string>((resolve, reject) => {
    let printed = "";
    child.stdout.on("data", (chunk) => {
      printed += chunk;
      const [, found] = /is up at (http\S+)/.exec(printed) ?? [];
      if (found) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}: ${printed}`)));
  });
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }
  return { url, process: child, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}
