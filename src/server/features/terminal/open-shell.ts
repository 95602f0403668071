import { invalid } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { Program, ProgramEnd, Running } from "../../cluster/exec.ts";

export type Place = Pick<Program, "namespace" | "pod" | "container">;

/** A shell that runs: its number among the container's processes, and what it says from now on. */
export interface Shell {
  name: string;
  pid: string;
  running: Running;
  output: AsyncIterable<Uint8Array>;
}

/** Tried in this order after the one that is wanted, wherever the container has them. */
const others = ["sh", "bash", "ash", "zsh"];

/** It says its number, by which it is ended later: to the cluster, one that is left by everybody just goes on. */
const script = 'echo "orrery $$"; exec "$0"';

/** The first shell that the container has. */
export async function openShell(
  cluster: Pick<Cluster, "start">,
  place: Place,
  wanted: string,
  signal: AbortSignal,
): Promise<Shell> {
  for (const name of [wanted, ...others.filter((each) => each !== wanted)]) {
    const running = await cluster.start(
      { ...place, command: [name, "-c", script, name], tty: true },
      { signal },
    );
    const shell = await begun(name, running);
    if (shell) return shell;
    running.close();
    signal.throwIfAborted();
    if (!isMissing(running.end())) throw invalid("The cluster would not start a shell in this container");
  }
  throw invalid("There is no shell in this container: a debug container would bring one");
}

const mostBefore = 65_536;

/** Waits for the shell's first line, which is ours and not shown. Nothing if it ends without. */
async function begun(name: string, running: Running): Promise<Shell | undefined> {
  const output = running.output[Symbol.asyncIterator]();
  let seen = Buffer.alloc(0);
  while (seen.length < mostBefore) {
    const { done, value } = await output.next();
    if (done) return undefined;
    seen = Buffer.concat([seen, value]);
    // One byte, one character: what comes after it may be anything.
    const [line, pid] = /orrery (\d{1,10})\r?\n/.exec(seen.toString("latin1")) ?? [];
    if (line === undefined || pid === undefined) continue;
    const at = seen.indexOf(line, 0, "latin1");
    const rest = Buffer.concat([seen.subarray(0, at), seen.subarray(at + line.length)]);
    return { name, pid, running, output: resumed(rest, output) };
  }
  return undefined;
}

async function* resumed(first: Uint8Array, output: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  for (let next = await output.next(); !next.done; next = await output.next()) yield next.value;
}

/** Runtimes have many words for it, and shells that start others have numbers. */
function isMissing(end: ProgramEnd | undefined): boolean {
  if (!end) return false;
  return end.exitCode === 126 || end.exitCode === 127 || /not found|no such file/i.test(end.message);
}
