/** A moment as UTC with nine digits after the point, so that comparing the texts compares the moments. */
export type Stamp = string;

const width = "2026-01-01T00:00:00.000000000Z".length;
const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** The moment that a kubelet wrote before a line; nodes keep the time of their own zone. Nothing for what is none. */
export function stampOf(text: string): Stamp | undefined {
  if (text.length === width && text.endsWith("Z") && form.test(text)) return text;
  const [, second, fraction = "", zone] = form.exec(text) ?? [];
  const ms = second === undefined ? Number.NaN : Date.parse(second + zone);
  if (Number.isNaN(ms)) return undefined;
  return `${new Date(ms).toISOString().slice(0, 19)}.${fraction.padEnd(9, "0")}Z`;
}

/** The second a moment lies in, which is as exact as a cluster can be asked. */
export function secondOf(stamp: Stamp): string {
  return `${stamp.slice(0, 19)}Z`;
}
