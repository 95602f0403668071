import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

export interface Row {
  variant: string;
  cpu_us?: number;
  cpu_ratio?: number;
  ratio?: number;
  min?: number;
  max?: number;
  rps_ratio?: number;
  p50_ms?: number;
  idle_p95_ms?: number;
  p95_ms?: number;
  p99_ms?: number;
  rss_mb?: number;
  heap_mb?: number;
  kb?: number;
  ms?: number;
}

export interface Verdict {
  metric: string;
  gate: number;
  goal: number;
  value: number;
  /** Whether more is better, as for throughput. */
  more?: boolean;
  verdict: "goal" | "gate" | "missed" | "noisy";
}

export interface Result {
  name: string;
  commit: string;
  at: string;
  node: string;
  cpu: string;
  cores: number;
  pairs: number;
  noisy: boolean;
  rows: Row[];
  /** What does not depend on the machine, and so always decides: the number that was counted and the one expected. */
  counted: Record<string, { value: number; expected: string; ok: boolean }>;
  verdicts: Verdict[];
}

const folder = new URL("../results/", import.meta.url);
const page = new URL("../../docs/benchmarks.md", import.meta.url);

export function judge(
  metric: string,
  value: number,
  bounds: { gate: number; goal: number; more?: boolean },
  noisy: boolean,
): Verdict {
  const { gate, goal, more = false } = bounds;
  const meets = (bound: number) => (more ? value >= bound : value <= bound);
  const verdict = meets(goal) ? "goal" : meets(gate) ? "gate" : noisy ? "noisy" : "missed";
  return { metric, gate, goal, value, ...(more && { more }), verdict };
}

export function machine() {
  return {
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
    at: new Date().toISOString(),
    node: process.version,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
  };
}

/** Writes the result down and says whether it stands: counted faults always fail, gates only in a quiet run. */
export function conclude(result: Result): boolean {
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${result.name}.json`, folder), `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`\n${tableOf(result)}\n`);
  const isCounted = Object.values(result.counted).every(({ ok }) => ok);
  return isCounted && result.verdicts.every(({ verdict }) => verdict !== "missed");
}

export function report(): void {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  const results = files.map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Result);
  const summary = results.flatMap(({ name, verdicts }) =>
    verdicts.map((each) => `| ${name} | ${rowOf(each)}`),
  );
  const [first] = results;
  writeFileSync(
    page,
    [
      "# Benchmarks",
      "",
      "Figures are ratios to a baseline measured in the same run, so they travel; times do not. `npm run bench -- NAME` makes",
      "one again, `npm run bench -- report` this page. A gate must hold in every change; the goal is what we are after.",
      "",
      first
        ? `Machine: ${first.cpu}, ${first.cores} cores, Node ${first.node}.`
        : "Nothing has been measured yet.",
      "",
      "| benchmark | metric | value | gate | goal | verdict |",
      "| --- | --- | --- | --- | --- | --- |",
      ...summary,
      "",
      ...results.flatMap((result) => [tableOf(result), ""]),
    ].join("\n"),
  );
}

function rowOf({ metric, value, gate, goal, more, verdict }: Verdict): string {
  const sign = more ? "≥" : "≤";
  return `${metric} | ${show(value)} | ${sign} ${show(gate)} | ${sign} ${show(goal)} | ${verdict} |`;
}

function tableOf({ name, at, commit, noisy, rows, counted, verdicts }: Result): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))] as (keyof Row)[];
  return [
    `## ${name}`,
    "",
    `\`npm run bench -- ${name}\`, ${at.slice(0, 10)}, ${commit}${noisy ? ", noisy" : ""}.`,
    "",
    `| ${columns.join(" | ")} |`,
    `| ${columns.map(() => "---").join(" | ")} |`,
    ...rows.map((row) => `| ${columns.map((column) => show(row[column])).join(" | ")} |`),
    "",
    ...Object.entries(counted).map(
      ([what, { value, expected, ok }]) => `- ${what}: ${show(value)} (${expected})${ok ? "" : " **wrong**"}`,
    ),
    ...verdicts.map((each) => `- ${each.metric}: ${show(each.value)}, ${each.verdict}`),
  ].join("\n");
}

function show(value: unknown): string {
  if (typeof value !== "number") return String(value ?? "");
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
