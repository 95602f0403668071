import type { api } from "../../../contract/api.ts";
import type { Result } from "../../../contract/operation.ts";
import type { Tally } from "../../storage/dashboard.ts";

type Stats = Result<typeof api.getDashboardStats>;
type Stat = Stats["total_runs"];

/** What is shown of two tallies of the same workflows, one of now and one of an earlier moment. */
export function toStats({ now, before }: { now: Tally; before: Tally }): Stats {
  return {
    total_workflows: countStat(now.workflows, before.workflows),
    published_workflows: countStat(now.published, before.published),
    total_runs: countStat(now.runs, before.runs),
    success_rate: rateStat(now, before),
  };
}

function countStat(now: number, before: number): Stat {
  const change = before === 0 ? 0 : toTenths(((now - before) / before) * 100);
  return { value: String(now), change, trend: trendOf(change), raw: now };
}

function rateStat(now: Tally, before: Tally): Stat {
  const rate = toTenths(rateOf(now));
  const change = before.runs === 0 ? 0 : toTenths(rateOf(now) - rateOf(before));
  return { value: `${rate}%`, change, trend: trendOf(change), raw: rate };
}

function rateOf({ runs, successes }: Tally): number {
  return runs === 0 ? 0 : (successes / runs) * 100;
}

function toTenths(number: number): number {
  return Math.round(number * 10) / 10;
}

function trendOf(change: number): Stat["trend"] {
  if (change === 0) return "neutral";
  return change > 0 ? "up" : "down";
}
