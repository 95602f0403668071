import { plain } from "./plain.ts";

export interface Findable {
  label: string;
  keywords?: readonly string[] | undefined;
}

/**
 * The items that fit what was typed, the best first: the beginning of the label, then of a word in it, then of
 * another name for it, then its letters in order. Equal ones stay as they were given.
 */
export function rank<Item extends Findable>(items: readonly Item[], typed: string): readonly Item[] {
  const wanted = plain(typed);
  if (!wanted) return items;
  return items
    .map((item) => ({ item, cost: costOf(item, wanted) }))
    .filter(({ cost }) => cost !== undefined)
    .sort((one, other) => (one.cost ?? 0) - (other.cost ?? 0))
    .map(({ item }) => item);
}

function costOf({ label, keywords = [] }: Findable, wanted: string): number | undefined {
  const costs = keywords
    .map((keyword) => costIn(plain(keyword), wanted))
    .filter((cost) => cost !== undefined);
  const inLabel = costIn(plain(label), wanted);
  const inKeyword = costs.length > 0 ? Math.min(...costs) + 0.5 : undefined;
  if (inLabel === undefined) return inKeyword;
  return inKeyword === undefined ? inLabel : Math.min(inLabel, inKeyword);
}

/** 0 the same, 1 begins with it, 2 a word does, 3 contains it, 4 and more its letters lie apart. */
function costIn(text: string, wanted: string): number | undefined {
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  const at = text.indexOf(wanted);
  if (at > 0) return wordStart(text, wanted) ? 2 : 3;
  const spread = spreadOf(text, wanted);
  return spread === undefined ? undefined : 4 + Math.min(spread, 999) / 1_000;
}

function wordStart(text: string, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "")) return true;
  return false;
}

/** How far apart the letters lie, when all of them are there in this order. */
function spreadOf(text: string, wanted: string): number | undefined {
  let first = -1;
  let at = -1;
  for (const letter of wanted) {
    if (letter === " ") continue;
    at = text.indexOf(letter, at + 1);
    if (at < 0) return undefined;
    if (first < 0) first = at;
  }
  return at - first;
}
