import { type ContainerState, hasRestarted } from "../../../core/logs/container-state.ts";
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
  let failures = 0;
  let toldStuck: string | undefined;

  for (;;) {
    const state = pod.state(place.container);
    if (!state) return;
    if (!state.hasBegun) {
      if (state.isFinal) return;
      if (state.stuck && state.stuck !== toldStuck)
        yield { trouble: `The container ${place.container} is waiting to start: ${state.stuck}` };
      toldStuck = state.stuck;
      await pod.changed(lookMs, signal);
      continue;
    }
    const { told } = mark;
    const failure = yield* readToEnd(followed, mark, signal);
    failures = failure && told === mark.told ? failures + 1 : 0;
    if (failure && failures > 0 && !isSilence(failure)) yield { trouble: inWords(failure) };
    if (!failure && state.isOver) {
      if (state.isFinal) return;
      await untilAnotherRun(followed, state, signal);
      continue;
    }
    await pod.changed(Math.min(longestPauseMs, firstPauseMs * 2 ** failures), signal);
    await pod.look(signal).catch(() => signal.throwIfAborted());
    if (pod.isGone()) {
      // Nobody can ask for the rest of it any more.
      if (failure) yield { lines: [], remarks: [], isTorn: true };
      return;
    }
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

/** A container that says nothing for long is asked again, and that is no trouble. */
function isSilence(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT";
}
