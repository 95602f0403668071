import type { Evidence } from "../../../contract/runs.ts";
import { type JsonText, toJsonText } from "../../../core/json-text.ts";
import type { EvidenceSize } from "../../storage/run-evidence.ts";
import type { EvidenceRow } from "../../storage/tables.ts";
import type { Mask } from "./mask.ts";

const mostRows = 2_000;
const mostBytes = 1_048_576;
const mostOfOne = 4_096;
/** What usually happens may take up no more than this much: why a run failed comes last, and needs room. */
const usualRows = 1_600;
const usualBytes = 786_432;

const spent = (message: string): Evidence => ({
  kind: "event",
  node_id: "",
  object: "",
  type: "Warning",
  reason: "RecordFull",
  message,
  count: 1,
});
const usualSpent = "The record is nearly full: from here on it keeps only what failed";
const allSpent = "The record is full: nothing that came after is kept";

export type EvidenceNotes = ReturnType<typeof createEvidence>;

/** What a run keeps of itself, masked and bounded, until it is written down. */
export function createEvidence(kept: EvidenceSize, mask: Mask, now: () => Date) {
  let { rows, bytes } = kept;
  let isUsualSpent = rows >= usualRows || bytes > usualBytes - mostOfOne;
  let isSpent = rows >= mostRows || bytes > mostBytes - 2 * mostOfOne;
  let notes: Omit<EvidenceRow, "run_id">[] = [];

  function put(fields: Evidence, entry: JsonText<Evidence>, at: string): void {
    rows += 1;
    bytes += Buffer.byteLength(entry);
    const node_id = "node_id" in fields ? fields.node_id : null;
    notes.push({ seq: rows, at, kind: fields.kind, node_id, entry });
  }

  function putLast(message: string): void {
    const last = spent(message);
    put(last, toJsonText(last), now().toISOString());
  }

  return {
    note(fields: Evidence, at = now().toISOString()): void {
      const isUsual = !tellsOfFailure(fields);
      if (isSpent || (isUsual && isUsualSpent)) return;
      const entry = cut(maskedFields(fields, mask));
      const size = Buffer.byteLength(entry);
      // One row, and some bytes, are left for saying that it is full.
      if (rows + 2 > mostRows || bytes + size + mostOfOne > mostBytes) {
        isSpent = true;
        putLast(allSpent);
      } else if (isUsual && (rows + 2 > usualRows || bytes + size + mostOfOne > usualBytes)) {
        isUsualSpent = true;
        putLast(usualSpent);
      } else put(fields, entry, at);
    },

    take(): Omit<EvidenceRow, "run_id">[] {
      const taken = notes;
      notes = [];
      return taken;
    },
  };
}

function tellsOfFailure(fields: Evidence): boolean {
  if (fields.kind === "state") return fields.status === "failed";
  if (fields.kind === "request") return fields.status < 200 || fields.status >= 400;
  return true;
}

/** What an entry is joined by stays as it is. */
function maskedFields(fields: Evidence, mask: Mask): Evidence {
  const { kind } = fields;
  return { ...mask.deep(fields), kind, ...("node_id" in fields && { node_id: fields.node_id }) } as Evidence;
}

/** The entry as text, its longest parts shortened until it is short enough. */
function cut(fields: Evidence): JsonText<Evidence> {
  let entry = toJsonText(fields);
  for (let room = mostOfOne / 2; Buffer.byteLength(entry) > mostOfOne && room > 16; room /= 2)
    entry = toJsonText(
      Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, shortened(value, room)])),
    ) as JsonText<Evidence>;
  return entry;
}

function shortened(value: unknown, room: number): unknown {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > room ? `${text.slice(0, room)}…` : value;
}

const mostLines = 100;
const mostOfLine = 300;

type LogPlace = Pick<Extract<Evidence, { kind: "log" }>, "node_id" | "pod" | "container" | "previous">;

/** The last lines of a log, in as many entries as it takes for none of them to be cut. */
export function logEntries(place: LogPlace, text: string): Evidence[] {
  const all = text.split(/\r?\n/);
  if (all.at(-1) === "") all.pop();
  const entries: Evidence[] = [];
  let lines: string[] = [];
  let left = 0;
  for (const line of all.slice(-mostLines)) {
    const short = line.length > mostOfLine ? `${line.slice(0, mostOfLine - 1)}…` : line;
    const size = Buffer.byteLength(JSON.stringify(short)) + 1;
    if (size > left) {
      lines = [];
      entries.push({ kind: "log", ...place, lines });
      left = mostOfOne - Buffer.byteLength(JSON.stringify(entries.at(-1)));
    }
    left -= size;
    lines.push(short);
  }
  return entries;
}
