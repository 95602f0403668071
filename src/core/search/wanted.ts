import { plain } from "./plain.ts";

/** What somebody looks for: text, whatever it may mean in a pattern. */
export interface Wanted {
  text: string;
  words: readonly string[];
}

const mostWords = 8;

export function toWanted(typed: string): Wanted {
  const text = plain(typed);
  const words = text.split(" ").filter((word) => word !== "");
  return { text, words: [...new Set(words)].slice(0, mostWords) };
}

/**
 * How well a plain text fits, the best first: 0 the same, 1 begins with it, 2 its words begin with what is wanted,
 * 3 contains all of it, 4 contains it misspelt; undefined if it does not fit.
 */
export function fitOf({ text, words }: Wanted, given: string): number | undefined {
  if (given === text) return 0;
  if (given.startsWith(text)) return 1;
  const missing = words.filter((word) => !given.includes(word));
  if (missing.length === 0) return words.every((word) => beginsWord(given, word)) ? 2 : 3;
  const parts = given.match(/[\p{L}\p{N}]+/gu) ?? [];
  return missing.every((word) => parts.some((part) => isMisspelt(word, part))) ? 4 : undefined;
}

function beginsWord(given: string, word: string): boolean {
  for (let at = given.indexOf(word); at >= 0; at = given.indexOf(word, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(given[at - 1] ?? "")) return true;
  return false;
}

/** How many slips of the finger are forgiven in a word. */
function forgiven({ length }: string): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/** Of each word what has to be there of it, one or another, even where it is misspelt. */
export function piecesOf({ words }: Wanted): string[][] {
  return words.map((word) => {
    if (forgiven(word) === 0) return [word];
    if (word.length < 6) return [word.slice(0, 3), word.slice(-3)];
    const count = word.length < 9 ? 2 : 3;
    const size = Math.ceil(word.length / count);
    const pieces = Array.from({ length: count }, (_, at) => word.slice(at * size, (at + 1) * size));
    return pieces.filter((piece) => piece.length >= 3);
  });
}

/** Whether a word is the beginning of another but for a letter or two: wrong, missing, too many, or two swapped. */
function isMisspelt(word: string, other: string): boolean {
  const most = forgiven(word);
  if (most === 0 || other.length < word.length - most) return false;
  const part = other.slice(0, word.length + most);
  if (countBits(lettersOf(word) & ~lettersOf(part)) > most) return false;
  let rows: Rows = [[], Array.from({ length: part.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= word.length; row += 1) {
    rows = nextRows(rows, [word, part], row);
    if (Math.min(...rows[1]) > most) return false;
  }
  return Math.min(...rows[1].slice(Math.max(0, word.length - most))) <= most;
}

/** A bit for each letter there is, some of which share one: each letter of a word that another has not is a slip. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** The last two rows of the table of distances between the beginnings of two words. */
type Rows = readonly [number[], number[]];

function nextRows([beforeLast, last]: Rows, [word, part]: readonly [string, string], row: number): Rows {
  const next = [row];
  for (let at = 1; at <= part.length; at += 1) {
    const change = (last[at - 1] ?? 0) + (word[row - 1] === part[at - 1] ? 0 : 1);
    const least = Math.min(change, (last[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1);
    const isSwap = row > 1 && at > 1 && word[row - 1] === part[at - 2] && word[row - 2] === part[at - 1];
    next.push(isSwap ? Math.min(least, (beforeLast[at - 2] ?? 0) + 1) : least);
  }
  return [last, next];
}
