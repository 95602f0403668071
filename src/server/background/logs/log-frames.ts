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

export type LineFrame = (id: string, member: Member, line: Line) => string;

/** One line as one frame, whatever is in it. */
export function lineFrame({ format, isNamed }: LogForm): LineFrame {
  const nameOf = ({ pod, container }: Member) => (isNamed ? `[${pod}/${container}] ` : "");
  if (format === "plain") return (_id, member, { stamp, text }) => `${stamp} ${nameOf(member)}${text}\n`;
  if (format === "text")
    return (id, member, { stamp, text }) =>
      `id: ${id}\nevent: log\ndata: ${stamp} ${nameOf(member)}${inData(text)}\n\n`;
  return (id, { pod, container }, { stamp, text }) =>
    `id: ${id}\nevent: log\ndata: {"at":"${stamp}","pod":"${pod}","container":"${container}","text":${JSON.stringify(text)}}\n\n`;
}

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
