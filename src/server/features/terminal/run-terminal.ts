import type { Keystrokes, Screen, terminalOperations } from "../../../contract/terminal.ts";
import { statusOf } from "../../../core/logs/container-state.ts";
import { Problem } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { Running } from "../../cluster/exec.ts";
import type { Line } from "../../http/line.ts";
import { startDebugContainer } from "./debug-container.ts";
import { endShell } from "./end-shell.ts";
import { clusterAway, containerEnded, podGone, userLeft, wordsOfExit } from "./ending-words.ts";
import { type Pod, readPod } from "./may-exec.ts";
import { openShell, type Place, type Shell } from "./open-shell.ts";
import type { TerminalNeeds } from "./terminal-needs.ts";

export type TerminalLine = Line<(typeof terminalOperations)["openTerminal"]>;

/** A terminal that may be opened. */
export interface Opening {
  cluster: Cluster;
  clusterName: string;
  pod: Pod;
  container: string;
  shell: string;
  debug: boolean;
}

/** How much went through it. */
export interface Traffic {
  bytes_in: number;
  bytes_out: number;
}

/** Joins somebody's terminal to a shell in a pod until one of them leaves, and answers with how it ended. */
export async function runTerminal(
  needs: TerminalNeeds,
  opening: Opening,
  line: TerminalLine,
  traffic: Traffic,
): Promise<Screen> {
  const { cluster } = opening;
  const place = await placeOf(needs, opening, line.end);
  const shell = await openShell(cluster, place, opening.shell, line.end);
  const leave = () => shell.running.close();
  line.end.addEventListener("abort", leave, { once: true });
  try {
    await line.say(metadata(opening, place, shell));
    await shell.running.resize({ rows: 24, cols: 80 });
    typeInto(shell.running, line, traffic).catch(leave);
    await show(shell, line, traffic);
    return await lastWords(opening, place, shell, line.end);
  } finally {
    line.end.removeEventListener("abort", leave);
    leave();
    const debugContainer = opening.debug ? place.container : "";
    const hasEnded = shell.running.end() !== undefined;
    if (!hasEnded || opening.debug) needs.finish(endShell(cluster, place, shell, debugContainer));
  }
}

async function placeOf(needs: TerminalNeeds, opening: Opening, signal: AbortSignal): Promise<Place> {
  const { cluster, pod, container, debug } = opening;
  const { namespace = "", name } = pod.metadata;
  const inPod = { namespace, pod: name };
  if (!debug) return { ...inPod, container };
  return { ...inPod, container: await startDebugContainer(needs, cluster, pod, container, signal) };
}

function metadata({ clusterName, debug }: Opening, { container, ...place }: Place, shell: Shell): Screen {
  const told = { ...place, container, cluster: clusterName, shell: shell.name, debug };
  return { type: "metadata", data: JSON.stringify(told) };
}

/** A character may be cut in two anywhere, so one decoder reads them all; a byte order mark is a character like others. */
async function show({ output }: Shell, line: TerminalLine, traffic: Traffic): Promise<void> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for await (const bytes of output) {
    traffic.bytes_out += bytes.length;
    const data = decoder.decode(bytes, { stream: true });
    if (data) await line.say({ type: "output", data });
    if (line.end.aborted) return;
  }
  const cut = decoder.decode();
  if (cut) await line.say({ type: "output", data: cut });
}

async function typeInto(running: Running, { heard, end }: TerminalLine, traffic: Traffic): Promise<void> {
  try {
    for await (const keys of heard) {
      if (keys.type === "resize") await running.resize(keys);
      else await type(running, keys, traffic);
    }
  } catch (error) {
    if (!end.aborted) throw error;
  }
}

async function type(running: Running, { data, encoding }: Keystrokes, traffic: Traffic): Promise<void> {
  const bytes = Buffer.from(data, encoding ?? "utf8");
  traffic.bytes_in += bytes.length;
  if (bytes.length > 0) await running.write(bytes);
}

const lookMs = 3_000;

async function lastWords(
  { cluster }: Opening,
  place: Place,
  shell: Shell,
  left: AbortSignal,
): Promise<Screen> {
  if (left.aborted) return userLeft;
  const end = shell.running.end();
  // Killed, or the connection broke: perhaps by what happened to the pod.
  if (end && end.exitCode !== undefined && end.exitCode < 128) return wordsOfExit(end);
  try {
    const pod = await readPod(cluster, { ...place, name: place.pod }, AbortSignal.timeout(lookMs));
    if (!pod || pod.metadata.deletionTimestamp) return podGone;
    if (!statusOf(pod, place.container)?.state?.running) return containerEnded;
    return end ? wordsOfExit(end) : clusterAway;
  } catch (error) {
    if (error instanceof Problem) return clusterAway;
    throw error;
  }
}
