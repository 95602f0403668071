import { timingSafeEqual } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { unauthenticated } from "../../core/problem.ts";
import type { Heard } from "./answers.ts";
import type { Places } from "./places.ts";

const bounds = [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10];

interface Series {
  labels: string;
  /** How many took longer than the bound before and no longer than this one; the last place has no bound. */
  counts: number[];
  seconds: number;
}

/** What is counted of all answers. */
export interface Counts {
  of(route: string): Heard;
  all: readonly Series[];
}

export function createCounts(): Counts {
  const all: Series[] = [];
  return { all, of: (route) => counterFor(route, all) };
}

interface MetricsNeeds {
  counts: Counts;
  places: Places;
  token: string | undefined;
}

/** Serves what is measured of the server to whoever watches it, in Prometheus' text format. */
export function serveMetrics(app: FastifyInstance, { counts, places, token }: MetricsNeeds): void {
  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();
  app.addHook("onClose", async () => void lag.disable());

  app.get("/metrics", async (request, reply) => {
    if (token !== undefined && !carries(request, token))
      throw unauthenticated("The metrics token is required");
    reply.type("text/plain; version=0.0.4; charset=utf-8");
    const lines = [...requestLines(counts.all), ...gauges(lag.percentile(50), lag.percentile(99), places)];
    return `${lines.join("\n")}\n`;
  });
}

function counterFor(route: string, all: Series[]): Heard {
  const byMethod = new Map<string, Map<number, Series>>();

  function begin(method: string, status: number): Series {
    const labels = `method="${method}",route="${route}",status="${status}"`;
    const one = { labels, counts: Array.from({ length: bounds.length + 1 }, () => 0), seconds: 0 };
    const byStatus = byMethod.get(method) ?? new Map<number, Series>();
    byMethod.set(method, byStatus.set(status, one));
    all.push(one);
    return one;
  }

  return (method, status, ms) => {
    const one = byMethod.get(method)?.get(status) ?? begin(method, status);
    const seconds = ms / 1_000;
    let place = 0;
    while (place < bounds.length && seconds > (bounds[place] ?? 0)) place += 1;
    one.counts[place] = (one.counts[place] ?? 0) + 1;
    one.seconds += seconds;
  };
}

function requestLines(series: readonly Series[]): string[] {
  const name = "orrery_http_request_duration_seconds";
  return [
    `# HELP ${name} How long requests took to be answered.`,
    `# TYPE ${name} histogram`,
    ...series.flatMap(({ labels, counts, seconds }) => {
      const upTo = cumulated(counts);
      return [
        ...upTo.map((each, place) => `${name}_bucket{${labels},le="${bounds[place] ?? "+Inf"}"} ${each}`),
        `${name}_sum{${labels}} ${seconds}`,
        `${name}_count{${labels}} ${upTo.at(-1)}`,
      ];
    }),
  ];
}

/** How many took no longer than each of the bounds, and after them how many there were at all. */
function cumulated(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((each) => {
    sum += each;
    return sum;
  });
}

const perNanosecond = 1e-9;

function gauges(usualLag: number, longLag: number, places: Places): string[] {
  const { rss, heapUsed } = process.memoryUsage();
  return [
    ...gauge("orrery_open_streams", "Streams and terminals that are open.", places.count()),
    ...gauge(
      "orrery_event_loop_lag_p50_seconds",
      "Median delay of the event loop.",
      usualLag * perNanosecond,
    ),
    ...gauge("orrery_event_loop_lag_p99_seconds", "Long delays of the event loop.", longLag * perNanosecond),
    ...gauge("orrery_resident_memory_bytes", "Memory of the process.", rss),
    ...gauge("orrery_heap_used_bytes", "Memory that values take.", heapUsed),
    ...gauge("orrery_uptime_seconds", "How long the process has been up.", process.uptime()),
    ...gauge(`orrery_build_info{node="${process.version}"}`, "What is running.", 1),
  ];
}

function gauge(name: string, help: string, value: number): string[] {
  const bare = name.replace(/\{.*/, "");
  return [`# HELP ${bare} ${help}`, `# TYPE ${bare} gauge`, `${name} ${value}`];
}

function carries({ headers }: FastifyRequest, token: string): boolean {
  const given = Buffer.from(headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
