/** How serious a line is, from the least to the most. */
export const levels = ["debug", "info", "warning", "error"] as const;
export type Level = (typeof levels)[number];

const words: Readonly<Record<string, Level>> = {
  trace: "debug",
  verbose: "debug",
  debug: "debug",
  dbg: "debug",
  info: "info",
  information: "info",
  inf: "info",
  notice: "info",
  warn: "warning",
  warning: "warning",
  wrn: "warning",
  error: "error",
  err: "error",
  severe: "error",
  critical: "error",
  crit: "error",
  alert: "error",
  emerg: "error",
  fatal: "error",
  panic: "error",
};

const names = Object.keys(words).join("|");
/** `"level":"warn"`, `level=warn`, `severity: WARN`. */
const field = new RegExp(`\\b(?:level|severity|lvl)"?\\s*[=:]\\s*"?(${names}|\\d\\d)\\b`, "i");
/** `[warn]`, `<warn>`, `warn:` near the beginning. */
const marked = new RegExp(`(?:[[<|](${names})[\\]>|]|\\b(${names}):)`, "i");
/** A bare word counts in capitals alone: "no error" is none. */
const shouted = new RegExp(`\\b(${names.toUpperCase()})\\b`);
const klog = /^([IWEF])\d{4} \d\d:\d\d:\d\d/;
const klogLevels: Readonly<Record<string, Level>> = { I: "info", W: "warning", E: "error", F: "error" };
const trouble = /^(?:Traceback \(most recent call last\)|Exception in thread|Unhandled|Uncaught|panic: )/;

/** So far from the beginning programs say how serious a line is. */
const beginning = 120;

/** What a line says of itself; a line that goes on with the one before is as serious as that. */
export function levelOf(text: string, before?: Level): Level | undefined {
  if (/^\s+\S/.test(text) || /^Caused by: /.test(text)) return before;
  const start = text.length > beginning ? text.slice(0, beginning) : text;
  const [, letter] = klog.exec(start) ?? [];
  if (letter) return klogLevels[letter];
  if (trouble.test(start)) return "error";
  const [, named] = field.exec(text) ?? [];
  if (named) return words[named.toLowerCase()] ?? numbered(Number(named));
  const [, inside, followed] = marked.exec(start) ?? shouted.exec(start) ?? [];
  const word = inside ?? followed;
  return word === undefined ? undefined : words[word.toLowerCase()];
}

/** As some JSON loggers count: 30 is information, 50 an error. */
function numbered(value: number): Level {
  if (value >= 50) return "error";
  if (value >= 40) return "warning";
  return value >= 30 ? "info" : "debug";
}

/** Whether a line is serious enough; one that does not say is taken as information. */
export function isAtLeast(level: Level | undefined, least: Level | undefined): boolean {
  return least === undefined || levels.indexOf(level ?? "info") >= levels.indexOf(least);
}
