import type { FastifyInstance } from "fastify";
import { unavailable } from "../../core/problem.ts";
import { inTime } from "./in-time.ts";
import type { Log } from "./log.ts";

const patienceMs = 2_000;

/** What whoever runs us asks: whether we are alive, and whether we can do our work. */
export function serveProbes(app: FastifyInstance, isReady: () => Promise<unknown>, log: Log): void {
  app.get("/healthz", async () => ({ status: "alive" }));
  app.get("/readyz", async () => {
    try {
      await inTime(patienceMs, isReady());
      return { status: "ready" };
    } catch (error) {
      log.warn(error, "The database is not reachable");
      throw unavailable("The database is not reachable");
    }
  });
}
