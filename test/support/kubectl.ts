import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { onTestFinished } from "vitest";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { caPem, serverCertPem, serverKeyPem } from "./certificates.ts";

const bin = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "orrery-cluster", "bin");
const PATH = [process.env.PATH, bin].join(delimiter);

function kubectl(args: readonly string[], input = ""): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = execFile("kubectl", args, { env: { PATH, HOME: tmpdir() } }, (error, said, complaints) =>
      resolve({ code: error ? 1 : 0, said: `${said}${complaints}` }),
    );
    child.stdin?.on("error", () => undefined).end(input);
  });
}

/** Not every machine has one. */
export const hasKubectl = (await kubectl(["version", "--client"])).code === 0;

/** It gives its token over TLS alone, so that it has a sandbox of its own where there is no real cluster. */
async function kubeconfig(folder: string): Promise<string> {
  const { TEST_KUBECONFIG } = process.env;
  if (TEST_KUBECONFIG) return TEST_KUBECONFIG;
  const sandbox = await startSandbox({ pace: 0, tls: { cert: serverCertPem, key: serverKeyPem } });
  onTestFinished(() => sandbox.stop());
  const server = sandbox.server.replace("http:", "https:");
  const cluster = { server, "certificate-authority-data": Buffer.from(caPem).toString("base64") };
  const file = join(folder, "kubeconfig");
  await writeFile(
    file,
    JSON.stringify({
      ...{ apiVersion: "v1", kind: "Config", "current-context": "it" },
      contexts: [{ name: "it", context: { cluster: "it", user: "it" } }],
      clusters: [{ name: "it", cluster }],
      users: [{ name: "it", user: { token: sandbox.issue("test") } }],
    }),
  );
  return file;
}

/** What kubectl says of a text that a server is to judge, and not to keep. */
export async function applyDry(text: string): Promise<{ code: number; said: string }> {
  const folder = await mkdtemp(join(tmpdir(), "orrery-kubectl-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return kubectl(
    [
      ...["--kubeconfig", await kubeconfig(folder), "--cache-dir", join(folder, "cache")],
      ...["apply", "--dry-run=server", "--validate=strict", "-f", "-"],
    ],
    text,
  );
}
