const mostDepth = 128;

const quote = 0x22;
const backslash = 0x5c;
const steps = new Int8Array(256);
for (const opening of "[{") steps[opening.charCodeAt(0)] = 1;
for (const closing of "]}") steps[closing.charCodeAt(0)] = -1;
const ends = new Uint8Array(256);
for (const end of ",]} \t\r\n") ends[end.charCodeAt(0)] = 1;

/** A megabyte of opening brackets is a gigabyte of arrays, so they are counted before anything is built. */
export function isTooDeep(bytes: Buffer): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) at = endOfText(bytes, at);
    else {
      depth += steps[byte] ?? 0;
      if (depth > mostDepth) return true;
    }
  }
  return false;
}

/** Where the value that begins at `start` is over, found without reading it; -1 where it is too deep or never ends. */
export function endOfValue(bytes: Buffer, start: number): number {
  const first = bytes[start] ?? 0;
  if (first === quote) return endOfText(bytes, start) + 1;
  return steps[first] === 1 ? endOfNest(bytes, start) : endOfWord(bytes, start);
}

function endOfNest(bytes: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) at = endOfText(bytes, at);
    else {
      depth += steps[byte] ?? 0;
      if (depth === 0) return at + 1;
      if (depth > mostDepth) return -1;
    }
  }
  return -1;
}

function endOfWord(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && ends[bytes[at] ?? 0] === 0) at += 1;
  return at > start ? at : -1;
}

/** Where the quote is that closes a text. */
function endOfText(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}

/** What JSON says, but for keys that would change what an object is: they are harmless until somebody copies it. */
export function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString("utf8");
  return text.includes("__proto__") ? JSON.parse(text, withoutPrototype) : JSON.parse(text);
}

function withoutPrototype(key: string, value: unknown): unknown {
  return key === "__proto__" ? undefined : value;
}
