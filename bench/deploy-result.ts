import { objectCount } from "./deploy-designs.ts";
import { type Asked, countAsked, type Noted } from "./harness/deploy-counts.ts";
import { judge, machine, type Result } from "./harness/results.ts";
import { median } from "./harness/slices.ts";

interface Times {
  walker: number;
  product: number;
  /** The same once more, with nothing changed. */
  again: number;
  oneByOne: number;
}

export interface Round {
  latencyMs: number;
  times: Times;
  noted: Record<"walker" | "product" | "again", Noted[]>;
  noisy: boolean;
}

export function resultOf(rounds: readonly Round[]): Result {
  const noisy = rounds.filter((round) => round.noisy).length > rounds.length / 2;
  const ratio = (over: keyof Times, under: keyof Times) =>
    median(rounds.map(({ times }) => times[over] / times[under]));
  return {
    name: "deploy",
    ...machine(),
    pairs: rounds.length,
    noisy,
    rows: rowsOf(rounds),
    counted: countedIn(rounds),
    verdicts: [
      judge("time of a deploy, × walker", ratio("product", "walker"), { gate: 2, goal: 1.35 }, noisy),
      judge(
        "speed-up over the reference pattern",
        ratio("oneByOne", "product"),
        { gate: 15, goal: 25, more: true },
        noisy,
      ),
      judge(
        "time of an unchanged redeploy, × the first",
        ratio("again", "product"),
        { gate: 0.6, goal: 0.3 },
        noisy,
      ),
    ],
  };
}

function rowsOf(rounds: readonly Round[]) {
  const variants = ["walker", "product", "again", "oneByOne"] as const;
  return [...new Set(rounds.map(({ latencyMs }) => latencyMs))].flatMap((latencyMs) => {
    const own = rounds.filter((round) => round.latencyMs === latencyMs);
    return variants.map((variant) => {
      const all = own.map(({ times }) => times[variant]);
      const ms = median(all);
      return { variant: `${variant}, ${latencyMs} ms`, ms, min: Math.min(...all), max: Math.max(...all) };
    });
  });
}

/** In the round that is the farthest from what is expected. */
function countedIn(rounds: readonly Round[]): Result["counted"] {
  const asked = (who: keyof Round["noted"]) => rounds.map(({ noted }) => countAsked(noted[who]));
  const worst = (of: Asked[], pick: (asked: Asked) => number, wanted: number) => {
    const [value = Number.NaN] = of.map(pick).toSorted((a, b) => Math.abs(b - wanted) - Math.abs(a - wanted));
    return { value, expected: String(wanted), ok: value === wanted };
  };
  const [walker, product, again] = [asked("walker"), asked("product"), asked("again")];
  return {
    "dry runs of the walker": worst(walker, ({ dryRuns }) => dryRuns, objectCount),
    "applies of the walker": worst(walker, ({ applies }) => applies, objectCount),
    "dry runs": worst(product, ({ dryRuns }) => dryRuns, objectCount),
    applies: worst(product, ({ applies }) => applies, objectCount),
    "objects applied twice": worst(product, ({ appliedTwice }) => appliedTwice, 0),
    "repeats of what was not struck": worst(product, ({ needlessRepeats }) => needlessRepeats, 0),
    "reads of single objects": worst(product, ({ singleReads }) => singleReads, 0),
    "discovery calls when warm": worst(product, ({ discovery }) => discovery, 0),
    "writes of an unchanged redeploy": worst(again, ({ dryRuns, applies }) => dryRuns + applies, 0),
  };
}
