import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { invalid, Problem } from "../../core/problem.ts";

/** What every answer of the API says of itself, whether it is a success, an error or a stream. */
export const apiHeaders: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
};

/** Pages may load what is ours and nothing else. Terminals and editors write their colours into the page. */
const pageHeaders: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; "),
};

const urlMax = 8_192;

/** Goes before everything else, so that refusals carry the same headers as answers. */
export function setHeaders(app: FastifyInstance, corsOrigins: readonly string[]): void {
  const origins = new Set(corsOrigins);

  app.addHook("onRequest", async (request, reply) => {
    reply.headers(isApi(request.url) ? apiHeaders : pageHeaders);
    if (origins.size > 0) welcome(request, reply, origins);
    if (request.raw.httpVersion === "1.1" && request.headers.host === undefined) {
      reply.header("connection", "close");
      throw invalid("A request must name its host");
    }
    if (request.url.length > urlMax) throw new Problem("too_long", "The address is too long");
    if (request.method === "OPTIONS" && reply.hasHeader("access-control-allow-origin"))
      return answerPreflight(reply);
  });
}

function isApi(url: string): boolean {
  return /^\/(v1|metrics|healthz|readyz)\b/.test(url);
}

/** An origin is compared whole: one that ends or begins like a known one is a stranger. */
function welcome({ headers }: FastifyRequest, reply: FastifyReply, origins: ReadonlySet<string>): void {
  reply.header("vary", "Origin");
  const { origin } = headers;
  if (origin === undefined || !origins.has(origin) || origin === "null" || origin === "*") return;
  reply.header("access-control-allow-origin", origin);
  reply.header("access-control-expose-headers", "ETag, Retry-After");
}

function answerPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .headers({
      "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
      "access-control-allow-headers":
        "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID",
      "access-control-max-age": "600",
    })
    .code(204)
    .send();
}
