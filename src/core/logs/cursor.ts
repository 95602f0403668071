import type { Position } from "./position.ts";

/** How far each container of a stream has been told, by the short name that `logKey` gives it. */
export type Cursor = ReadonlyMap<string, Position>;

/** More containers than this have no place in one stream: its position has to fit into a header. */
export const mostLogs = 64;

/** A short name of one container of one pod, the same on every server. */
export function logKey(pod_uid: string, container: string): string {
  const named = `${pod_uid}/${container}`;
  return (hash(named, 0x811c9dc5).toString(36) + hash(named, 0x01000193).toString(36))
    .padEnd(8, "0")
    .slice(0, 8);
}

function hash(text: string, seed: number): number {
  let value = seed;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 16_777_619);
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 0;
}

/** One entry, of a fixed form: the key, the second, the nanoseconds, and the count where it is not the usual one. */
function entryOf(key: string, position: Position): string {
  return key + placeText(position);
}

/** What an entry says after its key. */
export function placeText({ at, count }: Position): string {
  const moment = packedSecond(at) + at.slice(20, 29);
  return count === 1 ? moment : `${moment}~${count}`;
}

let lastSecond = "";
let lastPacked = "";

/** Lines come in the order of time, so the second is mostly that of the line before. */
function packedSecond(at: string): string {
  if (lastSecond !== "" && at.startsWith(lastSecond)) return lastPacked;
  lastSecond = at.slice(0, 19);
  lastPacked = (Date.parse(`${lastSecond}Z`) / 1_000).toString(36).padStart(6, "0");
  return lastPacked;
}

const separator = ".";

/** The event's id: entries one after another. The last is that of the line itself, so that the rest is written once. */
export function cursorText(cursor: Cursor): string {
  return [...cursor].map(([key, position]) => entryOf(key, position)).join(separator);
}

/** All entries but one, with what separates it from them. */
export function cursorTextBefore(cursor: Cursor, key: string): string {
  const others = [...cursor].flatMap(([each, position]) =>
    each === key ? [] : `${entryOf(each, position)}${separator}`,
  );
  return others.join("");
}

const entryForm = /^([0-9a-z]{8})([0-9a-z]{6})(\d{9})(?:~(\d{1,9}))?$/;

/** What an id says; nothing for one that was never given out. */
export function readCursor(text: string): Cursor | undefined {
  const cursor = new Map<string, Position>();
  const entries = text.split(separator);
  if (entries.length > 2 * mostLogs) return undefined;
  for (const entry of entries) {
    const [, key, second = "", nanoseconds, count = "1"] = entryForm.exec(entry) ?? [];
    const ms = Number.parseInt(second, 36) * 1_000;
    if (key === undefined || ms > 8.64e15) return undefined;
    cursor.set(key, {
      at: `${new Date(ms).toISOString().slice(0, 19)}.${nanoseconds}Z`,
      count: Number(count),
    });
  }
  return cursor;
}
