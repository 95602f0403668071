import { placeText } from "../../../core/logs/cursor.ts";
import type { Line } from "../../../core/logs/position.ts";

/** The container a line is from. */
export interface Member {
  key: string;
  pod: string;
  container: string;
}

/** How lines are written for a reader. */
export interface LogForm {
  format: "text" | "json" | "plain";
  /** Whether each line has to say which container it is from. */
  isNamed: boolean;
}

/** `others` is how far all other containers have been told, as the id of a line says it before its own place. */
type LineFrame = (others: string, member: Member) => (line: Line) => string;

/** One line as one frame, whatever is in it. What is the same in all lines of a container is written once. */
export function lineFrame({ format, isNamed }: LogForm): LineFrame {
  return (others, { key, pod, container }) => {
    const begin = `id: ${others}${key}`;
    if (format === "json") {
      const at = '\nevent: log\ndata: {"at":"';
      const from = `","pod":"${pod}","container":"${container}","text":`;
      return (line) => begin + placeText(line) + at + line.stamp + from + JSON.stringify(line.text) + end;
    }
    const name = isNamed ? `[${pod}/${container}] ` : "";
    if (format === "plain") return ({ stamp, text }) => `${stamp} ${name}${text}\n`;
    return (line) =>
      `${begin}${placeText(line)}\nevent: log\ndata: ${line.stamp} ${name}${inData(line.text)}\n\n`;
  };
}

const end = "}\n\n";

/** What is no line. Text readers get the sentence alone; a file gets none of it. */
export function eventFrame({ format }: LogForm, name: string, data: object, sentence?: string): string {
  if (format === "plain") return "";
  const text = format === "text" && sentence !== undefined ? inData(sentence) : JSON.stringify(data);
  return `event: ${name}\ndata: ${text}\n\n`;
}

/** A line end inside would end the field: what follows it is a further line of the same data. */
function inData(text: string): string {
  return text.includes("\r") || text.includes("\n") ? text.replaceAll(/\r\n?|\n/g, "\ndata: ") : text;
}

const mostLineBytes = 65_536;

/** A line as it is shown: cut where it is too long, at the end of a character. */
export function shownText(text: string): string {
  if (text.length * 3 <= mostLineBytes) return text;
  const bytes = Buffer.from(text);
  if (bytes.length <= mostLineBytes) return text;
  let end = mostLineBytes;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${bytes.toString("utf8", 0, end)} … (cut after 64 KiB)`;
}
