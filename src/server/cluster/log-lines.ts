import type { Stamp } from "../../core/logs/stamp.ts";
import { stampOf } from "../../core/logs/stamp.ts";

/** One line as a kubelet tells it. */
export interface WrittenLine {
  stamp: Stamp;
  text: string;
}

/** What came in one piece: lines, and what the kubelet says of itself between them, which has no time. */
export interface Written {
  lines: WrittenLine[];
  remarks: string[];
}

/**
 * So much of a line is kept; the rest of it is read and forgotten. It is more than is shown, so that what has to be
 * masked is still whole where it is cut.
 */
const keptLineBytes = 81_920;

const newline = 10;

/** Cuts a log at its line breaks, as much at once as came at once. A last line may lack its break. */
export async function* writtenLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Written> {
  const rest = createRest();
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const end = bytes.lastIndexOf(newline);
    if (end === -1) {
      rest.add(bytes);
      continue;
    }
    const first = bytes.indexOf(newline);
    const begun = rest.take(bytes.subarray(0, first));
    // Whole lines are whole characters, whatever the pieces were: none holds a line break.
    const whole = first === end ? begun : `${begun}\n${bytes.toString("utf8", first + 1, end)}`;
    rest.add(bytes.subarray(end + 1));
    yield written(whole);
  }
  const last = rest.take(Buffer.alloc(0));
  if (last) yield written(last);
}

/** The beginning of a line of which the end has not come yet. */
function createRest() {
  let pieces: Buffer[] = [];
  let kept = 0;

  function add(bytes: Buffer): void {
    const room = bytes.subarray(0, Math.max(0, keptLineBytes - kept));
    // A copy: the chunk it came in is much larger.
    if (room.length > 0) pieces.push(Buffer.from(room));
    kept += bytes.length;
  }

  return {
    add,
    take(end: Buffer): string {
      if (kept === 0) return end.toString("utf8");
      add(end);
      const text = Buffer.concat(pieces).toString("utf8");
      pieces = [];
      kept = 0;
      return text;
    },
  };
}

const stampWidth = 30;
const space = 32;
const zulu = 90;

function written(text: string): Written {
  const lines: WrittenLine[] = [];
  const remarks: string[] = [];
  for (const each of text.split("\n")) {
    const line =
      each.charCodeAt(stampWidth) === space && each.charCodeAt(stampWidth - 1) === zulu
        ? { stamp: each.slice(0, stampWidth), text: each.slice(stampWidth + 1) }
        : unusual(each);
    if (line) lines.push(line);
    else if (each) remarks.push(each);
  }
  return { lines, remarks };
}

/** Nodes may keep the time of their own zone, and leave out zeros. */
function unusual(line: string): WrittenLine | undefined {
  const end = line.indexOf(" ");
  const stamp = stampOf(end === -1 ? line : line.slice(0, end));
  return stamp === undefined ? undefined : { stamp, text: end === -1 ? "" : line.slice(end + 1) };
}
