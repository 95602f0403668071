import type { FastifyInstance } from "fastify";
import { unavailable } from "../../core/problem.ts";

const patienceMs = 2_000;

/** What whoever runs us asks: whether we are alive, and whether we can do our work. */
export function serveProbes(app: FastifyInstance, isReady: () => Promise<unknown>): void {
  app.get("/healthz", async () => ({ status: "alive" }));
  app.get("/readyz", async () => {
    const late = Promise.withResolvers<never>();
    const patience = setTimeout(() => late.reject(new Error("No answer in time")), patienceMs);
    try {
      await Promise.race([isReady(), late.promise]);
      return { status: "ready" };
    } catch (error) {
      app.log.warn(error, "The database is not reachable");
      throw unavailable("The database is not reachable");
    } finally {
      clearTimeout(patience);
    }
  });
}
