interface Level {
  path: string;
  seen: Set<string> | undefined;
  /** The key or the number of the item that is being read. */
  at: string | number;
}

/** Keys that valid JSON text has twice in one object, as paths. */
export function duplicatesIn(text: string): string[] {
  const found = new Set<string>();
  const levels: Level[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[{}[\],]/g)) read(token, levels, found);
  return [...found];
}

function read(token: string, levels: Level[], found: Set<string>): void {
  const top = levels.at(-1);
  const opens = token === "{" || token === "[";
  if (opens)
    levels.push({ path: top ? pathOf(top) : "", seen: token === "{" ? new Set() : undefined, at: 0 });
  else if (token === "}" || token === "]") levels.pop();
  else if (token === "," && typeof top?.at === "number") top.at += 1;
  else if (token.endsWith(":") && top?.seen) noteKey(top, token, found);
}

function noteKey(level: Level, token: string, found: Set<string>): void {
  const key = String(JSON.parse(token.replace(/\s*:$/, "")));
  level.at = key;
  if (level.seen?.has(key)) found.add(pathOf(level));
  level.seen?.add(key);
}

function pathOf({ path, at }: Level): string {
  if (typeof at === "number") return `${path}[${at}]`;
  return path ? `${path}.${at}` : at;
}
