import { type ContainerState, hasRestarted } from "../../../core/logs/container-state.ts";
import { refusedStatus } from "../../cluster/refused.ts";
import { inWords } from "./in-words.ts";
import type { PodWatch } from "./pod-watch.ts";
import { type Batch, type ContainerPlace, type LogCluster, type Mark, readFrom } from "./read-container.ts";

/** What is told of a container: lines, or why there are none. */
export type Told = Batch | { trouble: string };

interface Followed {
  cluster: LogCluster;
  place: ContainerPlace;
  pod: PodWatch;
}

const firstPauseMs = 200;
const longestPauseMs = 5_000;
/** What a watch does not tell is looked for now and then. */
const lookMs = 30_000;

/**
 * One container's log from a mark on, through cut connections and restarts, until its pod is over or gone. That a run
 * of it was read to the end is believed of a reading that began after it had ended, or after which the pod was gone.
 */
export async function* followContainer(
  followed: Followed,
  mark: Mark,
  signal: AbortSignal,
): AsyncGenerator<Told> {
  const { pod, place } = followed;
  const patience = createPatience(pod, signal);
  // Until a reading has come to its end, the rest of what this run wrote is owed.
  let isOwed = true;
  yield* untilBegun(followed, signal);
  for (let state = pod.state(place.container); state?.hasBegun; state = pod.state(place.container)) {
    const { told } = mark;
    const failure = yield* readToEnd(followed, mark, signal);
    if (!failure && state.isOver) {
      if (state.isFinal) return;
      await untilAnotherRun(followed, state, signal);
      isOwed = pod.state(place.container)?.isOver === false;
      continue;
    }
    // A log that is gone was not cut off: what was read of it before is all there was.
    if (!isNoLog(failure)) isOwed = failure !== undefined;
    const trouble = patience.troubleOf(failure, { isOwed, hasMoved: told !== mark.told });
    await patience.pause();
    if (trouble && !pod.isGone()) yield { trouble };
    // Nobody can ask for the rest of it any more.
    if (isOwed && pod.isGone()) yield { lines: [], remarks: [], isTorn: true };
  }
}

/** How long is waited after what went wrong, and what is said of it: nothing where no line is missing, nothing twice. */
function createPatience(pod: PodWatch, signal: AbortSignal) {
  let failures = 0;
  let said: string | undefined;
  return {
    troubleOf(failure: unknown, { isOwed, hasMoved }: { isOwed: boolean; hasMoved: boolean }) {
      failures = failure && !hasMoved ? failures + 1 : 0;
      const trouble = failures > 0 && isOwed && !isSilence(failure) ? inWords(failure) : undefined;
      const isNews = trouble !== said;
      said = trouble;
      return isNews ? trouble : undefined;
    },
    async pause(): Promise<void> {
      await pod.changed(Math.min(longestPauseMs, firstPauseMs * 2 ** failures), signal);
      await pod.look(signal).catch(() => signal.throwIfAborted());
    },
  };
}

/** Says why it does not begin, where that will not pass by itself. */
async function* untilBegun({ pod, place }: Followed, signal: AbortSignal): AsyncGenerator<Told> {
  const { container } = place;
  let told: string | undefined;
  for (let state = pod.state(container); state && !state.hasBegun && !state.isFinal; ) {
    const { stuck } = state;
    if (stuck && stuck !== told)
      yield { trouble: `The container ${container} is waiting to start: ${stuck}` };
    told = stuck;
    await pod.changed(lookMs, signal);
    state = pod.state(container);
  }
}

/** Answers with what cut it off, if something did. */
async function* readToEnd(
  { cluster, place, pod }: Followed,
  mark: Mark,
  signal: AbortSignal,
): AsyncGenerator<Batch, unknown> {
  try {
    const state = pod.state(place.container);
    const isRestarted = (told: NonNullable<Mark["told"]>) => state !== undefined && hasRestarted(state, told);
    yield* readFrom(cluster, place, { mark, part: { follow: true }, hasRestarted: isRestarted }, signal);
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return error;
  } finally {
    mark.mustJoin = mark.told !== undefined && mark.told.count > 0;
  }
}

async function untilAnotherRun({ pod, place }: Followed, { run }: ContainerState, signal: AbortSignal) {
  for (let state = pod.state(place.container); state?.run === run && !state.isFinal; ) {
    await pod.changed(lookMs, signal);
    state = pod.state(place.container);
  }
}

/** Refused for a pod (404) or a container (400) that is no more. */
function isNoLog(error: unknown): boolean {
  const status = refusedStatus(error);
  return status === 404 || status === 400;
}

/** A container that says nothing for long is asked again, and that is no trouble. */
function isSilence(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT";
}
