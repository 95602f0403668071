import { type Failure, oneLine } from "./health.ts";

interface Ended {
  exitCode?: number;
  reason?: string;
  message?: string;
}

interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: object;
  terminated?: Ended;
}

export interface ContainerStatus {
  name: string;
  ready?: boolean;
  restartCount?: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

/** Definite at once, or only when they have held for as many seconds. */
const settling: ReadonlyMap<string, number> = new Map([
  ["ImagePullBackOff", 0],
  ["InvalidImageName", 0],
  ["ErrImageNeverPull", 0],
  // The kubelet goes on to ImagePullBackOff, the word everybody looks for.
  ["ErrImagePull", 20],
  ["ImageInspectError", 10],
  ["RegistryUnavailable", 20],
  ["SignatureValidationFailed", 0],
  ["CreateContainerConfigError", 5],
  ["CreateContainerError", 10],
  ["RunContainerError", 10],
  ["PreCreateHookError", 10],
  ["PreStartHookError", 10],
  ["PostStartHookError", 10],
]);

const permanent = new Set(["InvalidImageName", "ErrImageNeverPull"]);

/** Registries say these of what they do not have, or not for us; asking again changes nothing. */
const isAbsent = (text: string) =>
  /not found|manifest unknown|no such image|does not exist|repository name not known|pull access denied|unauthorized|invalid reference/i.test(
    text,
  );
/** And these come and go; the next attempt, ten seconds later, may succeed. */
const isPassing = (text: string) =>
  /timeout|timed out|connection re(fused|set)|no such host|temporary failure|too ?many ?requests|unexpected EOF|50[0-4] /i.test(
    text,
  );

/** A container may crash while what it needs is still coming up; from its third restart on it is not that. */
const restartsThatCount = 2;
const crashSeconds = 20;
const pullSeconds = 10;

/** Why a container does not run, if that is more than not yet. `where` names pod and container. */
export function containerFailure(where: string, container: ContainerStatus): Failure | undefined {
  const { reason = "", message } = container.state?.waiting ?? {};
  if (reason === "CrashLoopBackOff") return crash(where, container);
  const seconds = settling.get(reason);
  if (seconds === undefined) return undefined;
  const settleSeconds = reason === "ImagePullBackOff" ? pullSettling(message ?? "", seconds) : seconds;
  return {
    reason,
    message: oneLine(`${where}: ${unwrapped(message) || reason}`),
    ...(settleSeconds > 0 && { settleSeconds }),
    ...(permanent.has(reason) && { permanent: true }),
  };
}

/** A runtime wraps what happened in what it was about to do; the line is short, and why comes last. */
function unwrapped(message = ""): string {
  return message
    .slice(0, 2_000)
    .replace(/rpc error: code = \w+ desc = /g, "")
    .replace(/failed to pull and unpack image "[^"]*": /g, "");
}

function pullSettling(message: string, otherwise: number): number {
  const said = message.slice(0, 2_000);
  if (isAbsent(said)) return 0;
  return isPassing(said) ? pullSeconds : otherwise;
}

/** A program that cannot even be started will not be there the next time. */
const neverStarted = new Set(["StartError", "ContainerCannotRun"]);

function crash(where: string, { restartCount = 0, lastState, state }: ContainerStatus): Failure {
  const ended = lastState?.terminated ?? state?.terminated ?? {};
  const isCertain = restartCount >= restartsThatCount || neverStarted.has(ended.reason ?? "");
  const times = restartCount === 1 ? "once" : `${restartCount} times`;
  return {
    // Being killed for memory says what to change; that it then loops says only that it did not help.
    reason: ended.reason === "OOMKilled" ? ended.reason : "CrashLoopBackOff",
    message: oneLine(`${where} ${sayEnd(ended)}, restarted ${times}${saidLast(ended)}`),
    ...(!isCertain && { settleSeconds: crashSeconds }),
  };
}

/** How a container ended, as the rest of a sentence about it. */
export function sayEnd({ exitCode, reason }: Ended): string {
  if (reason === "OOMKilled") return "was killed for using more memory than its limit";
  if (neverStarted.has(reason ?? "")) return "could not be started";
  return exitCode === undefined ? "ended" : `ended with exit code ${exitCode}`;
}

/** The last words of a container: of a log the end, of the runtime's refusal all of it. */
export function saidLast({ message = "", reason = "" }: Ended): string {
  const isLong = message.length > lastWords && !neverStarted.has(reason);
  const words = oneLine(isLong ? `…${message.slice(-lastWords)}` : message);
  return words && `: ${words}`;
}

const lastWords = 200;
