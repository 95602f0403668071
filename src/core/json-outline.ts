/** An element of an array in a JSON text: where it is, and how many members it has if it is an object. */
export interface Place {
  start: number;
  end: number;
  members: number;
}

/** What can be said of a JSON text without building its values. Of what is not JSON this says anything at all. */
export interface JsonOutline {
  /** How deep it nests. */
  depth: number;
  /** Whether there is nothing between its tokens, and no member of the outermost object has a name in disguise. */
  isPlain: boolean;
  /** Whether one of its numbers has an exponent. */
  hasExponents: boolean;
  /** The elements of the arrays that are members of the outermost object. */
  arrays: ReadonlyMap<string, readonly Place[]>;
}

/** Part of a JSON text, as whoever sent it wrote it. */
export interface JsonSource {
  text: string;
  outline: JsonOutline;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const space = 0x20;
/** Brackets and braces differ in one bit. */
const bracketBit = 0x20;
/** As do small letters and large ones. */
const letterBit = 0x20;
const exponent = 0x65;
const opener = 0x7b;
const closer = 0x7d;
const bracket = 0x5b;

/** How deep the lists of the outermost object are, and their elements. */
const listLevel = 2;
const elementLevel = 3;

export function outlineOf(text: string): JsonOutline {
  const outline = new Outline(text);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = outline.pass(at, endOfString(text, at));
    else if ((code | bracketBit) === opener) outline.open(at, code);
    else if ((code | bracketBit) === closer) outline.close(at);
    else if (code === comma) outline.separate();
    else if (code <= space) outline.isPlain = false;
    else if ((code | letterBit) === exponent && isDigit(text.charCodeAt(at - 1))) outline.hasExponents = true;
  }
  return outline;
}

class Outline implements JsonOutline {
  readonly arrays = new Map<string, Place[]>();
  depth = 0;
  isPlain = true;
  hasExponents = false;
  readonly #text: string;
  #level = 0;
  #key = "";
  #places: Place[] | undefined;
  #place: Place = { start: 0, end: 0, members: 0 };

  constructor(text: string) {
    this.#text = text;
  }

  open(at: number, code: number): void {
    this.#level += 1;
    if (this.#level > this.depth) this.depth = this.#level;
    if (this.#level === listLevel) this.#places = code === bracket ? this.#list() : undefined;
    else if (this.#level === elementLevel) this.#begin(at);
  }

  close(at: number): void {
    if (this.#level === elementLevel) this.#place.end = at + 1;
    this.#level -= 1;
  }

  separate(): void {
    if (this.#level === elementLevel) this.#place.members += 1;
  }

  /** Over a string, which may be a member's name. */
  pass(start: number, end: number): number {
    if (this.#level === 1 && this.#text.charCodeAt(end + 1) === colon) {
      this.#key = this.#text.slice(start + 1, end);
      if (this.#key.includes("\\")) this.isPlain = false;
    }
    return end;
  }

  /** The last of two lists with one name, as it is the last that counts. */
  #list(): Place[] {
    const places: Place[] = [];
    this.arrays.set(this.#key, places);
    return places;
  }

  #begin(at: number): void {
    this.#place = { start: at, end: at, members: 1 };
    this.#places?.push(this.#place);
  }
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
}
