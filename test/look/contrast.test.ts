import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("../../src/web/look/tokens.css", import.meta.url), "utf8");
const pair = /--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g;
const tokens = new Map(
  [...css.matchAll(pair)].map(([, name = "", light = "", dark = ""]) => [name, { light, dark }]),
);
const themes = ["light", "dark"] as const;
const surfaces = ["bg", "surface", "sunken", "raised"];
const states = ["ok", "busy", "warn", "bad", "idle", "stale"];
const edges = ["traffic", "config", "secret", "storage", "scaling", "policy", "dependency"];

type Pair = readonly [ink: string, ground: string];
const on = (inks: readonly string[], grounds: readonly string[]): Pair[] =>
  inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as const));

const text: readonly Pair[] = [
  ...on(["ink", "ink-2", "ink-3", ...states, "accent", "brass"], surfaces),
  ...states.flatMap((state) => on([state, "ink", "ink-2"], [`${state}-soft`])),
  ...on(["accent", "ink", "ink-2"], ["accent-soft"]),
  ...on(["on-accent"], ["accent", "accent-strong"]),
  ...on(["on-bad"], ["bad", "bad-strong"]),
  ...on(
    edges.map((edge) => `edge-${edge}`),
    ["bg", "surface"],
  ),
  // A tooltip is the page turned round.
  ["bg", "ink"],
];

test.each(themes)("every text can be read on every ground it stands on, %s", (theme) => {
  const faint = text.filter(([ink, ground]) => contrast(colour(ink, theme), colour(ground, theme)) < 4.5);
  expect(faint).toEqual([]);
});

test.each(themes)("every edge of an input can be seen, %s", (theme) => {
  const faint = on(["line-strong", "accent", "bad"], surfaces).filter(
    ([line, ground]) => contrast(colour(line, theme), colour(ground, theme)) < 3,
  );
  expect(faint).toEqual([]);
});

test("black on white is known to be 21 to 1", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
});

function colour(name: string, theme: (typeof themes)[number]): string {
  const known = tokens.get(name);
  if (!known) throw new Error(`There is no colour ${name}`);
  return known[theme];
}

/** As WCAG 2 defines it. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
