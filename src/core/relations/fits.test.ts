import { expect, test } from "vitest";
import { catalog } from "../catalog/catalog.ts";
import { chainBetween, fitOf } from "./fits.ts";
import { relationOf } from "./relations.ts";

const kinds = [...catalog.keys()];

test("each pair of kinds has a relation, or a reason why there is none, in either direction", () => {
  for (const first of kinds)
    for (const second of kinds) {
      const fit = fitOf(first, second);
      if ("relation" in fit) expect(fit.relation).toBe(relationOf(first, second));
      else {
        expect(relationOf(first, second)).toBeUndefined();
        expect(fit.why).toMatch(/^[A-Z].+\.$/);
        expect(fit.why).not.toMatch(/^Nothing is known/);
      }
    }
});

test("an edge of a relation begins at the same kind whichever end it is drawn from", () => {
  for (const first of kinds)
    for (const second of kinds.filter((kind) => kind !== first)) {
      const [there, back] = [fitOf(first, second), fitOf(second, first)];
      if ("relation" in there && "relation" in back && there.relation !== "precedes")
        expect(there.source).not.toBe(back.source);
    }
  expect(fitOf("deployment", "service")).toEqual({ relation: "serves", source: "second" });
  expect(fitOf("job", "deployment")).toEqual({ relation: "precedes", source: "first" });
});

test("what stands between two misfits makes both fit", () => {
  const between = kinds.flatMap((first) =>
    kinds.flatMap((second) => {
      const fit = fitOf(first, second);
      const ways = "ways" in fit ? fit.ways : [];
      return ways.flatMap((way) => ("between" in way ? [[first, way.between, second] as const] : []));
    }),
  );
  expect(between.length).toBe(6);
  for (const [first, middle, second] of between) {
    expect(relationOf(first, middle)).toBeDefined();
    expect(relationOf(middle, second)).toBeDefined();
  }
});

test("an unknown kind is named and may be put in order", () => {
  expect(fitOf("certificate", "deployment")).toEqual({
    why: "Nothing is known that joins certificate and Deployment.",
    ways: [{ order: true }],
  });
});

test("the chain by which one comes before another is told from end to end", () => {
  const edges = ["ab", "bc", "cb", "ad", "dc"].map(([source = "", target = ""]) => ({ source, target }));
  expect(chainBetween(edges, "a", "c")).toEqual(["a", "b", "c"]);
  expect(chainBetween(edges, "c", "a")).toBeUndefined();
  expect(chainBetween(edges, "a", "a")).toEqual(["a"]);
});
