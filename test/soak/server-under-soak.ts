import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChildServer } from "../support/child-server.ts";
import { freePort } from "../support/free-port.ts";

export type ServerUnderSoak = Awaited<ReturnType<typeof startServerUnderSoak>>;

/** The server in a process of its own, always at one address and on one folder, whatever is done to it. */
export async function startServerUnderSoak() {
  const folder = await mkdtemp(join(tmpdir(), "orrery-soak-"));
  const env = { PORT: String(await freePort()), ALLOW_PRIVATE_NETWORKS: "true", LOG_LEVEL: "error" };
  const said: string[] = [];
  // The disk of whoever runs this is not what is looked at.
  const hear = (text: string) => void (text.startsWith("orrery: The disk of ") || said.push(text));
  const start = () => startChildServer(folder, env, hear);
  let server = await start();

  return {
    url: server.url,
    /** What it said to whoever runs it. */
    said,
    async kill(): Promise<void> {
      await server.kill();
      server = await start();
    },
    async stopAndStart(): Promise<void> {
      await server.stop();
      server = await start();
    },
    pause: () => server.process.kill("SIGSTOP"),
    resume: () => server.process.kill("SIGCONT"),
    /** How many files and sockets it has open, and its resident memory in MiB; nothing where the system does not tell. */
    async use(): Promise<{ descriptors: number; rssMib: number } | undefined> {
      const place = `/proc/${server.process.pid}`;
      try {
        const [open, status] = await Promise.all([
          readdir(`${place}/fd`),
          readFile(`${place}/status`, "utf8"),
        ]);
        const [, kib] = /VmRSS:\s+(\d+) kB/.exec(status) ?? [];
        return { descriptors: open.length, rssMib: Number(kib) / 1024 };
      } catch {
        return undefined;
      }
    },
    async end(): Promise<void> {
      server.process.kill("SIGCONT");
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
