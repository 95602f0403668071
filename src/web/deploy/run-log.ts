import type { Line } from "./run-view.ts";

export interface LogFilter {
  node?: string | undefined;
  level?: "info" | "warning" | "error" | undefined;
  search?: string | undefined;
}

const ranks: Readonly<Record<string, number>> = { info: 0, warning: 1, error: 2 };

/** The lines to show: of one node, as grave as that or graver, with that text in them. */
export function filtered(lines: readonly Line[], { node, level = "info", search = "" }: LogFilter): Line[] {
  const wanted = search.trim().toLowerCase();
  return lines.filter(
    (line) =>
      (node === undefined || line.node_id === node) &&
      (ranks[line.level] ?? 0) >= (ranks[level] ?? 0) &&
      (wanted === "" || line.text.toLowerCase().includes(wanted)),
  );
}

/** A text in parts, those that were searched for marked. */
export function marked(text: string, search = ""): { text: string; isHit: boolean }[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return [{ text, isHit: false }];
  const parts: { text: string; isHit: boolean }[] = [];
  const lower = text.toLowerCase();
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) parts.push({ text: text.slice(from, at), isHit: false });
    parts.push({ text: text.slice(at, at + wanted.length), isHit: true });
    from = at + wanted.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), isHit: false });
  return parts;
}

/** The log as a file: one line each, with the time, the level and the node. */
export function logFile(lines: readonly Line[], nameOf: (node_id: string) => string): string {
  return lines
    .map(
      ({ at, level, node_id, text }) =>
        `${at} ${level.toUpperCase()} ${node_id ? `[${nameOf(node_id)}] ` : ""}${text}\n`,
    )
    .join("");
}
