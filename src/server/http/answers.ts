import type { FastifyInstance, onSendHookHandler } from "fastify";

/** Hears of an answer when it goes out, and how long that took. */
export type Heard = (method: string, status: number, ms: number) => void;

/** Names no route, since the address had none. */
const nowhere = "none";

declare module "fastify" {
  interface FastifyRequest {
    startedMs: number;
  }
}

/**
 * Tells each route's listener of its answers; streams and conversations are only heard of where they were refused.
 * When an answer is sent and not when it has arrived: waiting for that would cost every request four listeners.
 */
export function hearAnswers(app: FastifyInstance, listenerOf: (route: string) => Heard): void {
  app.decorateRequest("startedMs", 0);
  app.addHook("onRequest", (request, _reply, done) => {
    request.startedMs = performance.now();
    done();
  });

  const hearing = (heard: Heard): onSendHookHandler => {
    return (request, reply, _payload, done) => {
      done();
      heard(request.method, reply.statusCode, performance.now() - request.startedMs);
    };
  };
  // Each route has a listener of its own, so that none is looked for. The template names it, or there would be one for
  // every id there is.
  app.addHook("onRoute", (route) => {
    route.onSend = [...[route.onSend ?? []].flat(), hearing(listenerOf(route.url))];
  });
  const hearLost = hearing(listenerOf(nowhere));
  app.addHook("onSend", function (request, ...rest) {
    return request.is404 ? hearLost.call(this, request, ...rest) : rest[2]();
  });
}
