import { timingSafeEqual } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { unauthenticated } from "../../core/problem.ts";
import type { Places } from "./places.ts";

const bounds = [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10];
const steps = [...bounds, Number.POSITIVE_INFINITY];

interface Series {
  labels: string;
  /** How many took no longer than each of the bounds, and after them how many there were at all. */
  counts: number[];
  seconds: number;
}

/** Serves what is measured of the server to whoever watches it, in Prometheus' text format. */
export function serveMetrics(app: FastifyInstance, places: Places, token: string | undefined): void {
  const series = new Map<string, Series>();
  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();
  app.addHook("onClose", async () => void lag.disable());

  app.addHook("onResponse", (request, { statusCode, elapsedTime }, done) => {
    done();
    const { method, routeOptions } = request;
    if (routeOptions.config.lasts) return;
    // The template and not the address, or there would be a series for every id there is.
    const labels = `method="${method}",route="${routeOptions.url ?? "none"}",status="${statusCode}"`;
    const one = series.get(labels) ?? { labels, counts: steps.map(() => 0), seconds: 0 };
    series.set(labels, one);
    count(one, elapsedTime / 1_000);
  });

  app.get("/metrics", async (request, reply) => {
    if (token !== undefined && !carries(request, token))
      throw unauthenticated("The metrics token is required");
    reply.type("text/plain; version=0.0.4; charset=utf-8");
    const lines = [
      ...requestLines([...series.values()]),
      ...gauges(lag.percentile(50), lag.percentile(99), places),
    ];
    return `${lines.join("\n")}\n`;
  });
}

function count(one: Series, seconds: number): void {
  one.counts = one.counts.map((each, place) => (seconds <= (steps[place] ?? 0) ? each + 1 : each));
  one.seconds += seconds;
}

function requestLines(series: readonly Series[]): string[] {
  const name = "orrery_http_request_duration_seconds";
  return [
    `# HELP ${name} How long requests took to be answered.`,
    `# TYPE ${name} histogram`,
    ...series.flatMap(({ labels, counts, seconds }) => [
      ...counts.map((each, place) => `${name}_bucket{${labels},le="${bounds[place] ?? "+Inf"}"} ${each}`),
      `${name}_sum{${labels}} ${seconds}`,
      `${name}_count{${labels}} ${counts.at(-1)}`,
    ]),
  ];
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
