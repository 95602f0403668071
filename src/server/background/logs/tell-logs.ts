import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { cursorText, cursorTextBefore, logKey, readCursor } from "../../../core/logs/cursor.ts";
import { isAfter, type Position } from "../../../core/logs/position.ts";
import { eventFrame, lineFrame } from "./log-frames.ts";
import { type Past, tellPast } from "./log-history.ts";
import { chosen } from "./log-members.ts";
import type { LogPiece, MergedLog } from "./merged-log.ts";

export type Frames = AsyncGenerator<string | Uint8Array>;

interface Reading extends Omit<Past, "pods"> {
  pods(): KubernetesObject[];
  /** Where the reader was when it was cut off. */
  lastId: string | undefined;
}

/** What has been written so far, and no more. */
export async function* tellOnce(reading: Reading, signal: AbortSignal): Frames {
  const told = startOf(reading);
  yield* gapsOf(reading, told);
  yield* tellPast({ ...reading, pods: reading.pods() }, told ?? new Map(), signal);
  yield complete(reading);
}

/** How often a reader that is too slow for what is written meanwhile reads the past again before it is told of a gap. */
const mostRounds = 3;

/**
 * The past, then what is written from now on, with no line lost or doubled where they meet: the reader joins before
 * it reads the past, and passes over what it has read already.
 */
export async function* tellOn(merged: MergedLog, reading: Reading, signal: AbortSignal): Frames {
  const { ring } = merged;
  const reader = ring.join(signal);
  try {
    const start = startOf(reading);
    yield* gapsOf(reading, start);
    const told = start ?? new Map<string, Position>();
    let positions = merged.positions();
    for (let round = 1; ; round += 1) {
      yield* tellPast({ ...reading, pods: reading.pods() }, told, signal);
      if (!reader.isLate() || round === mostRounds) break;
      reader.skip();
      positions = merged.positions();
    }
    const joint = createJoint(merged, reading, told, positions);
    for (let news = await reader.next(); news; news = await reader.next()) {
      if (news.missed !== undefined)
        yield gap(reading, { missed_after: cursorText(told), lines: news.missed });
      if (!news.piece) continue;
      const bytes = joint.isOver() ? news.piece.bytes : joint.rest(news.piece);
      if (bytes.length > 0) yield bytes;
    }
    yield complete(reading);
  } finally {
    reader.leave();
  }
}

/** Where what is told to all meets what one reader has read by itself: until it is behind, lines are looked at one by one. */
function createJoint(
  merged: MergedLog,
  { form }: Reading,
  told: Map<string, Position>,
  positions: ReadonlyMap<string, Position>,
) {
  const frame = lineFrame(form);
  const ahead = new Set<string>();
  for (const [key, position] of told) {
    const common = positions.get(key);
    if (merged.follows(key) && (common === undefined || isAfter(position, common))) ahead.add(key);
  }

  return {
    isOver: () => ahead.size === 0,
    rest({ member, news, bytes }: LogPiece): string | Uint8Array {
      const last = news.at(-1);
      if (!member || !last) return bytes;
      const own = told.get(member.key);
      const rest = own ? news.filter((line) => isAfter(line, own)) : news;
      if (!own || !isAfter(own, last)) ahead.delete(member.key);
      const write = frame(cursorTextBefore(told, member.key), member);
      if (rest.length > 0) told.set(member.key, last);
      return rest.map(write).join("");
    },
  };
}

function startOf({ lastId }: Reading): Map<string, Position> | undefined {
  const cursor = lastId === undefined ? undefined : readCursor(lastId);
  return cursor && new Map(cursor);
}

/** A position nobody gave out, and pods that are gone with what they may have written since. */
function gapsOf(reading: Reading, start: Map<string, Position> | undefined): string[] {
  const { lastId, container } = reading;
  if (lastId === undefined) return [];
  if (!start) return [gap(reading, { missed_after: "" })];
  const present = new Set(
    reading
      .pods()
      .flatMap((pod) => chosen(pod, container).map((each) => logKey(pod.metadata.uid ?? "", each))),
  );
  const gone = [...start.keys()].filter((key) => !present.has(key));
  for (const key of gone) start.delete(key);
  return gone.length > 0 ? [gap(reading, { missed_after: lastId })] : [];
}

const gap = ({ form }: Reading, data: { missed_after: string; lines?: number }) =>
  eventFrame(form, "gap", data);
const complete = ({ form }: Reading) => eventFrame(form, "complete", { reason: ended }, ended);
const ended = "The log has ended";
