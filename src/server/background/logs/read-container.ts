import { createPositions, isAfter, type Line, type Position } from "../../../core/logs/position.ts";
import { secondOf } from "../../../core/logs/stamp.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { LogPart, LogPlace } from "../../cluster/logs.ts";
import { isRefused } from "./in-words.ts";

export type LogCluster = Pick<Cluster, "readLog">;

/** One container of one pod. */
export type ContainerPlace = Omit<LogPlace, "previous">;

/** What a reading brings: lines of which none was told before. */
export interface Batch {
  lines: Line[];
  /** What the kubelet says of its own troubles between them. */
  remarks: string[];
  /** Something was missed before these lines, and nobody knows how much. */
  isTorn: boolean;
}

/** How far a log was read. It is moved on by what reads on from it. */
export interface Mark {
  told: Position | undefined;
  /** Whether what was told has to be found again, or something between may be missing. */
  mustJoin: boolean;
}

interface ReadingFrom {
  mark: Mark;
  part: LogPart;
  hasRestarted(told: Position): boolean;
  /** The log of the run before the present one, and nothing else. */
  previous?: boolean;
}

type Reading = AsyncGenerator<Batch>;

/** A log from a mark on, once through or as it goes on. A restart since then is read over, as far as it is still known. */
export async function* readFrom(
  cluster: LogCluster,
  place: ContainerPlace,
  { mark, part, hasRestarted, previous = false }: ReadingFrom,
  signal: AbortSignal,
): Reading {
  const { told } = mark;
  if (told && mark.mustJoin && hasRestarted(told)) yield* readPrevious(cluster, place, mark, signal);
  for await (const batch of readOnce(cluster, { ...place, previous }, mark, part, signal)) {
    const { lines, isTorn } = batch;
    // What was told is not in this log: it is in the one before, of which the cluster has not said that it ended.
    if (isTorn) yield* readPrevious(cluster, place, { told: mark.told, mustJoin: true }, signal);
    mark.told = lines.at(-1) ?? mark.told;
    mark.mustJoin = false;
    yield { ...batch, isTorn: false };
  }
}

/** What is left of the run before a restart. Times grow from one run to the next, so that both are read as one log. */
async function* readPrevious(
  cluster: LogCluster,
  place: ContainerPlace,
  mark: Mark,
  signal: AbortSignal,
): Reading {
  let isTorn = false;
  try {
    for await (const batch of readOnce(cluster, { ...place, previous: true }, mark, {}, signal)) {
      mark.told = batch.lines.at(-1) ?? mark.told;
      mark.mustJoin = false;
      yield batch;
    }
  } catch (error) {
    // It is kept for a while only.
    if (!isRefused(error)) throw error;
    isTorn = true;
  }
  if (isTorn || mark.mustJoin) yield { lines: [], remarks: [], isTorn: true };
  mark.mustJoin = false;
}

/** One request, and of its lines those that are new. */
async function* readOnce(
  cluster: LogCluster,
  place: LogPlace,
  mark: Mark,
  part: LogPart,
  signal: AbortSignal,
): Reading {
  const { told } = mark;
  const since = told && { sinceTime: secondOf(told.at) };
  const toLine = createPositions();

  for await (const { lines, remarks } of cluster.readLog(place, { ...part, ...since }, { signal })) {
    const all = lines.map(({ stamp, text }) => toLine(stamp, text));
    const news = told ? all.filter((line) => isAfter(line, told)) : all;
    if (told && news.length < all.length && all.some((line) => isSame(line, told))) mark.mustJoin = false;
    const isTorn = mark.mustJoin && news.length > 0;
    mark.mustJoin &&= !isTorn;
    if (news.length > 0 || remarks.length > 0) yield { lines: news, remarks, isTorn };
  }
}

const isSame = (a: Position, b: Position) => a.at === b.at && a.count === b.count;
