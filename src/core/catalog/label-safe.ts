/** A text as a label's value may hold it; a longer or stranger one is kept by its hash, so that two never share one. */
export function labelSafe(text: string): string {
  if (/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(text)) return text;
  const readable = text
    .replace(/[^A-Za-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return `${readable || "node"}-${hash(text)}`;
}

/** FNV-1a twice, for telling texts apart and not for secrets. */
function hash(text: string): string {
  let [high, low] = [0x811c9dc5, 0xcbf29ce4];
  for (const char of text) {
    high = Math.imul(high ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    low = Math.imul(low ^ high, 0x01000193) >>> 0;
  }
  return high.toString(36).padStart(7, "0") + low.toString(36).padStart(7, "0");
}
