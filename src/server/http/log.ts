import type { FastifyInstance } from "fastify";

const slowMs = 1_000;

/** Only what an operator would want to know of: answers that failed on our side, and slow ones. */
export function logTrouble(app: FastifyInstance): void {
  app.addHook("onResponse", (request, { statusCode, elapsedTime }, done) => {
    done();
    // How long a stream or a conversation lasts is up to whoever asked for it.
    const isSlow = elapsedTime > slowMs && !request.routeOptions.config.lasts;
    if (statusCode < 500 && !isSlow) return;
    const { method, routeOptions } = request;
    const ms = Math.round(elapsedTime);
    request.log.warn({ method, route: routeOptions.url, status: statusCode, ms }, "Request");
  });
}
