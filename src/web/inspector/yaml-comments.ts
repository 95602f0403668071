import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
} from "yaml";

/** What people wrote beside the lines of an object, by place. */
export type Comments = Readonly<Record<string, Comment>>;

interface Comment {
  /** In lines of its own before the place. */
  before?: string;
  /** At the end of the line. */
  beside?: string;
  /** After all that is within the place. */
  after?: string;
}

type Visit = (node: Node, place: string) => void;

/** Everything in a document that can have a comment: keys under their own place with a “#”, values under theirs. */
export function visitAll({ contents }: Pick<Document, "contents">, key: string, visit: Visit): void {
  const walk = (node: unknown, place: string) => {
    if (!isNode(node)) return;
    visit(node, place);
    if (isMap(node)) for (const pair of node.items) walkPair(pair, place);
    else if (isSeq(node)) {
      const segments = segmentsOf(node.items);
      for (const [index, item] of node.items.entries()) walk(item, `${place}/${segments[index]}`);
    }
  };
  const walkPair = (pair: unknown, place: string) => {
    if (!isPair(pair)) return;
    const { key, value } = pair as Pair;
    const at = `${place}/${escaped(isScalar(key) ? String(key.value) : String(key))}`;
    if (isNode(key)) visit(key, `${at}#`);
    walk(value, at);
  };
  walk(contents, key);
}

export const escaped = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** Named things keep their comments when others come before them. */
function segmentsOf(items: readonly unknown[]): string[] {
  for (const key of ["name", "mountPath"]) {
    const names = items.map((item) => (isMap(item) ? item.get(key) : undefined));
    const areNames = names.every((name) => typeof name === "string");
    if (areNames && new Set(names).size === names.length) return names.map((name) => escaped(`@${name}`));
  }
  return items.map((_, index) => String(index));
}

/** The comments of a text that has been read, each with what it is about in the object once that is written anew. */
export function takeComments(document: Document.Parsed, text: string, key: string): Comments {
  const found: Record<string, Comment> = {};
  settle(document, text);
  const note = (
    place: string,
    { commentBefore, comment }: Pick<Node, "commentBefore" | "comment">,
    isInside: boolean,
  ) => {
    const last = isInside ? { after: comment } : { beside: comment };
    const said = Object.entries({ before: commentBefore, ...last }).filter(
      ([, words]) => typeof words === "string",
    );
    if (said.length > 0) found[place] = Object.fromEntries(said);
  };
  note(`${key}${whole}`, document, true);
  visitAll(document as unknown as Document, key, (node, place) => note(place, node, isCollection(node)));
  return found;
}

/** Of a document as a whole. */
const whole = "##";

type Commented = Pick<Node, "commentBefore" | "comment">;

const joined = (...parts: (string | null | undefined)[]) =>
  parts.filter((part) => typeof part === "string").join("\n");

/** Moves comments from lists and maps to what they are next to: that is what they are about, wherever it comes to stand. */
function settle({ contents }: Document.Parsed, text: string): void {
  const walk = (node: unknown) => {
    if (isSeq(node)) for (const item of node.items) settleItem(item);
    if (isMap(node)) for (const { key, value } of node.items) settleValue(key, value);
  };
  const settleItem = (item: unknown) => {
    if (isSpread(item) && item.comment) move(item, "comment", item);
    walk(item);
    const first = isMap(item) ? item.items[0]?.key : undefined;
    if (isNode(item) && isNode(first) && first.commentBefore) move(first, "commentBefore", item);
  };
  const settleValue = (key: unknown, value: unknown) => {
    if (isNode(key) && isNode(value)) {
      if (isSpread(value) && value.comment) move(value, "comment", key);
      if (isCollection(value) && value.commentBefore) settleBefore(key, value, text);
    }
    walk(value);
  };
  const first = isMap(contents) ? contents.items[0]?.key : undefined;
  if (contents?.commentBefore && isNode(first)) moveBefore(contents, first);
  walk(contents);
}

/** Whether it stands in one line, but takes several once written with a comment. */
function isSpread(node: unknown): node is Alias | (Node & { items: unknown[] }) {
  return isAlias(node) || (isCollection(node) && node.flow === true);
}

function move(from: Commented, part: "comment" | "commentBefore", to: Commented): void {
  const words = from[part];
  from[part] = null;
  to.commentBefore = joined(to.commentBefore, words);
}

/** The same, with what was there already coming after it. */
function moveBefore(from: Commented, to: Commented): void {
  const words = from.commentBefore;
  from.commentBefore = null;
  to.commentBefore = joined(words, to.commentBefore);
}

/** In the line of the key it is about the whole, below about the first thing there. */
function settleBefore(key: Node, value: Node & { items: unknown[] }, text: string): void {
  const between = text.slice(key.range?.[1], value.range?.[0]);
  if (/^[^\n]*#/.test(between)) {
    const [beside = "", ...below] = value.commentBefore?.split("\n") ?? [];
    key.commentBefore = joined(key.commentBefore, beside);
    value.commentBefore = below.length > 0 ? joined(...below) : null;
  }
  const [item] = value.items;
  const first = isPair(item) ? item.key : item;
  if (value.commentBefore && isNode(first)) moveBefore(value, first);
  else if (value.commentBefore) move(value, "commentBefore", key);
}

export function putComments(document: Document, comments: Comments, key: string): void {
  const put = (node: Commented, { before, beside, after }: Comment) => {
    if (before !== undefined) node.commentBefore = before;
    const last = beside ?? after;
    if (last !== undefined) node.comment = last;
  };
  const said = comments[`${key}${whole}`];
  if (said) put(document, said);
  visitAll(document, key, (node, place) => {
    const own = Object.hasOwn(comments, place) ? comments[place] : undefined;
    if (own) put(node, own);
  });
}

/** Where comments can stand in a document. */
export function placesOf(document: Document, key: string): Set<string> {
  const places = new Set([`${key}${whole}`]);
  visitAll(document, key, (_, place) => places.add(place));
  return places;
}

/** Comments whose places are not there go to what is around them. */
export function atHome(comments: Comments, places: ReadonlySet<string>): Comments {
  const home = new Map<string, Comment>(Object.entries(comments).filter(([place]) => places.has(place)));
  for (const [place, { before, beside, after }] of Object.entries(comments)) {
    if (places.has(place)) continue;
    const around = aroundOf(place, places);
    const known = home.get(around);
    home.set(around, { ...known, before: joined(known?.before, before, beside, after) });
  }
  return Object.fromEntries(home);
}

function aroundOf(place: string, places: ReadonlySet<string>): string {
  // Values of secrets are written in one way only.
  const meant = place.replace(/^\/stringData\b/, "/data");
  if (places.has(meant)) return meant;
  for (let at = meant.replace(/#$/, ""); at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) {
    if (places.has(`${at}#`)) return `${at}#`;
    if (places.has(at)) return at;
  }
  return whole;
}

/** More comments before and after everything else. */
export function aroundAll(comments: Comments, before: readonly string[], after: readonly string[]): Comments {
  const known = comments[whole];
  const [first, last] = [joined(...before, known?.before), joined(known?.after, ...after)];
  return { ...comments, [whole]: { ...(first && { before: first }), ...(last && { after: last }) } };
}
