import { endOfValue, isTooDeep, parseJson } from "./json-bytes.ts";
import { strange } from "./rest-answers.ts";

/** One page of a list, whose items are still bytes. */
interface ListPage {
  apiVersion: string;
  /** `PodList` for pods. The items do not say what they are. */
  kind: string;
  /** Without a version where the objects are made up as they are asked for, as measurements are. */
  metadata: { resourceVersion?: string; continue?: string };
  items: Buffer[];
}

const [brace, closingBrace, bracket, closingBracket, comma, colon] = Buffer.from("{}[],:");
const spaces = new Set(Buffer.from(" \t\r\n"));

/** Finds the items of a page where they lie: each is parsed by itself, so that a page is never there twice. */
export function readListPage(bytes: Buffer): ListPage {
  const items: Buffer[] = [];
  let hole: [number, number] = [0, 0];

  function takeItem(start: number): number {
    const end = endOf(bytes, start);
    items.push(bytes.subarray(start, end));
    return end;
  }

  function takeEntry(start: number): number {
    const keyEnd = endOf(bytes, start);
    const colonAt = skipSpace(bytes, keyEnd);
    if (bytes[colonAt] !== colon) throw strange();
    const value = skipSpace(bytes, colonAt + 1);
    const isItems = bytes.toString("latin1", start, keyEnd) === '"items"' && bytes[value] === bracket;
    if (!isItems) return endOf(bytes, value);
    if (hole[1] > 0) throw strange();
    hole = [value, each(bytes, value, closingBracket, takeItem)];
    return hole[1];
  }

  const start = skipSpace(bytes, 0);
  if (bytes[start] !== brace) throw strange();
  each(bytes, start, closingBrace, takeEntry);
  const [from, to] = hole;
  // What is left says as much as the page did, but for its items.
  const head = to > 0 ? [bytes.subarray(0, from), Buffer.from("null"), bytes.subarray(to)] : [bytes];
  return { ...readHead(Buffer.concat(head)), items };
}

function readHead(bytes: Buffer): Omit<ListPage, "items"> {
  if (isTooDeep(bytes)) throw strange();
  const { apiVersion, kind, metadata } = parseOrStrange(bytes) as Partial<ListPage>;
  if (typeof apiVersion !== "string" || typeof kind !== "string") throw strange();
  if (typeof metadata !== "object" || metadata === null) throw strange();
  return { apiVersion, kind, metadata };
}

export function parseOrStrange(bytes: Buffer): unknown {
  try {
    return parseJson(bytes);
  } catch {
    throw strange();
  }
}

/** Takes one part of an object or array after the other; each is told where it begins, and says where it ends. */
function each(
  bytes: Buffer,
  start: number,
  closing: number | undefined,
  take: (at: number) => number,
): number {
  let at = skipSpace(bytes, start + 1);
  if (bytes[at] === closing) return at + 1;
  for (;;) {
    at = skipSpace(bytes, take(at));
    if (bytes[at] === closing) return at + 1;
    if (bytes[at] !== comma) throw strange();
    at = skipSpace(bytes, at + 1);
  }
}

function endOf(bytes: Buffer, start: number): number {
  const end = endOfValue(bytes, start);
  if (end === -1) throw strange();
  return end;
}

function skipSpace(bytes: Buffer, start: number): number {
  let at = start;
  while (spaces.has(bytes[at] ?? 0)) at += 1;
  return at;
}
