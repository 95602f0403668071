import fc from "fast-check";
import { expect, test } from "vitest";
import { rank } from "./rank.ts";

const items = (...labels: string[]) => labels.map((label) => ({ label }));
const labels = (found: readonly { label: string }[]) => found.map(({ label }) => label);

test("nothing typed leaves all as they are", () => {
  const all = items("b", "a");
  expect(rank(all, " ")).toEqual(all);
});

test("beginnings come before words, words before insides, insides before scattered letters", () => {
  const all = items("s-e-r-v", "observer", "my service", "service");
  expect(labels(rank(all, "serv"))).toEqual(["service", "my service", "observer", "s-e-r-v"]);
});

test("the whole name comes before a longer one", () => {
  expect(labels(rank(items("Job queue", "Job"), "job"))).toEqual(["Job", "Job queue"]);
});

test("letters that lie closer come first", () => {
  expect(labels(rank(items("statefulset x", "set state"), "stst"))).toEqual(["set state", "statefulset x"]);
});

test("another name counts, a little less than the label", () => {
  const hpa = { label: "Autoscaler", keywords: ["hpa", "HorizontalPodAutoscaler"] };
  expect(rank([hpa, { label: "Hparse" }], "hpa").map(({ label }) => label)).toEqual(["Autoscaler", "Hparse"]);
  expect(labels(rank([hpa, { label: "hpa" }], "hpa"))).toEqual(["hpa", "Autoscaler"]);
});

test("accents and capitals make no difference", () => {
  expect(labels(rank(items("Café"), "CAFE"))).toEqual(["Café"]);
});

test("what does not fit is left out", () => {
  expect(rank(items("service"), "xyz")).toEqual([]);
});

test("what is found was given, has the letters, and equals stay in order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ label: fc.string() }), { maxLength: 20 }),
      fc.string({ maxLength: 4 }),
      (all, typed) => {
        const found = rank(all, typed);
        const twins = rank([...all, ...all.map(({ label }) => ({ label }))], typed);
        for (const item of found) {
          expect(all).toContain(item);
          const both = twins.filter(({ label }) => label === item.label);
          expect(both[0]).toBe(all.find(({ label }) => label === item.label));
        }
      },
    ),
  );
});
