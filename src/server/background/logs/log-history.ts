import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { containerState, hasRestarted } from "../../../core/logs/container-state.ts";
import { cursorTextBefore, logKey } from "../../../core/logs/cursor.ts";
import { mergeByTime } from "../../../core/logs/merge-by-time.ts";
import { before, type Line, type Position } from "../../../core/logs/position.ts";
import type { LogPart } from "../../cluster/logs.ts";
import { inWords } from "./in-words.ts";
import type { KnownSecrets } from "./known-secrets.ts";
import { eventFrame, type LogForm, lineFrame, type Member } from "./log-frames.ts";
import { chosen } from "./log-members.ts";
import { type LogCluster, type Mark, readFrom } from "./read-container.ts";

/** What is told of one container, with when. */
type Said = { stamp: string; member: Member } & ({ line: Line } | { torn: true } | { trouble: string });

export interface Past {
  cluster: LogCluster;
  secrets: Pick<KnownSecrets, "shown">;
  form: LogForm;
  pods: readonly KubernetesObject[];
  container: string | undefined;
  /** What of each log is wanted of which nothing was told yet. */
  part: LogPart;
  previous: boolean;
}

const frameChars = 16_384;

/**
 * What the chosen containers have written so far, the earliest first, from where a cursor is; it is moved on with
 * each line. A container that it does not name is read from its beginning, unless `part` says otherwise.
 */
export async function* tellPast(
  past: Past,
  told: Map<string, Position>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { form, pods } = past;
  const frame = lineFrame(form);
  const sequences = pods.flatMap((pod) =>
    chosen(pod, past.container).map((container) => saidBy(past, pod, container, told, signal)),
  );
  const begin = (first: readonly Said[]) => {
    // Until its first line is told, a container is just before it: a reader may be cut off in between.
    for (const said of first)
      if ("line" in said && !told.has(said.member.key)) told.set(said.member.key, before(said.line));
  };
  let text = "";
  for await (const said of mergeByTime(sequences, begin)) {
    const { member } = said;
    const { key, ...from } = member;
    if ("line" in said) {
      text += frame(cursorTextBefore(told, key), member)(said.line);
      told.set(key, said.line);
    } else if ("torn" in said)
      text += eventFrame(form, "gap", { missed_after: told.get(key)?.at ?? "", ...from });
    else text += eventFrame(form, "error", { reason: said.trouble, ...from }, said.trouble);
    if (text.length < frameChars) continue;
    yield text;
    text = "";
  }
  if (text) yield text;
}

async function* saidBy(
  past: Past,
  pod: KubernetesObject,
  container: string,
  told: ReadonlyMap<string, Position>,
  signal: AbortSignal,
): AsyncGenerator<Said> {
  const { name, namespace = "", uid = "" } = pod.metadata;
  const member = { key: logKey(uid, container), pod: name, container };
  const known = told.get(member.key);
  const state = containerState(pod, container);
  let stamp = known?.at ?? "";
  if (!state.hasBegun) {
    if (state.stuck)
      yield { stamp, member, trouble: `The container ${container} is waiting to start: ${state.stuck}` };
    return;
  }
  const mark: Mark = { told: known, mustJoin: known !== undefined && known.count > 0 };
  const place = { namespace, pod: name, container };
  const reading = {
    mark,
    part: known ? {} : past.part,
    previous: past.previous,
    hasRestarted: (at: Position) => hasRestarted(state, at),
  };
  try {
    for await (const { lines, remarks, isTorn } of readFrom(past.cluster, place, reading, signal)) {
      if (isTorn) yield { stamp, member, torn: true };
      for (const trouble of remarks) yield { stamp, member, trouble };
      for (const line of past.secrets.shown(lines)) {
        stamp = line.at;
        yield { stamp, member, line };
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    yield { stamp, member, trouble: inWords(error) };
  }
}
