const mostBytes = 262_144;
const mostLines = 5_000;
const mostMarks = 10_000;
const mostDepth = 32;
const mostAliases = 20;
const mostIndent = 200;

/**
 * What makes a text too much to be parsed, if anything. Parsers have inputs that stall them, so size, lines,
 * marks, depth and aliases are counted first, each generously and without understanding the text.
 */
export function tooMuchIn(text: string): string | undefined {
  if (Buffer.byteLength(text) > mostBytes) return "is larger than 256 KiB";
  if (countOf(text, /\n/g) > mostLines) return `has more than ${mostLines} lines`;
  if (countOf(text, /[[\]{},:?!&*%#"'|>]/g) > mostMarks) return "has too much structure";
  if (/[^\P{Cc}\n\t]/u.test(text)) return "holds control characters";
  if (countOf(text, /(?:^|[\s[{,:-])\*[^\s*]/g) > mostAliases) return `has more than ${mostAliases} aliases`;
  return isTooDeep(text) ? "is nested too deeply" : undefined;
}

function isTooDeep(text: string): boolean {
  if (new RegExp(`^[ \\t]{${mostIndent}}`, "m").test(text)) return true;
  // Lists and keys that begin on one line: "- - - x".
  if (new RegExp(`(?:[-?:][ \\t]+){${mostDepth}}`).test(text)) return true;
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    if (depth > mostDepth) return true;
  }
  return false;
}

function countOf(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count += 1;
  return count;
}
