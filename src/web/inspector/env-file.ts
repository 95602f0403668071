/** The variables of a `.env` file, as Docker reads it; comments and lines that are none are left out. */
export function readEnvFile(text: string): [name: string, value: string][] {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, raw = ""] = /^\s*(?:export\s+)?([-._a-zA-Z][-._a-zA-Z0-9]*)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) found.set(name, contentOf(raw.trim()));
  }
  return [...found];
}

function contentOf(raw: string): string {
  const [, double] = /^"((?:[^"\\]|\\.)*)"/.exec(raw) ?? [];
  if (double !== undefined) return double.replace(/\\(.)/g, (_, char: string) => escapes[char] ?? char);
  const [, single] = /^'([^']*)'/.exec(raw) ?? [];
  return single ?? raw.replace(/\s+#.*$/, "");
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

/** Whether a pasted text is such a file, and not just a value. */
export function isEnvFile(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
  return lines.length > 0 && readEnvFile(text).length === lines.length && /[\r\n]/.test(text.trim());
}
