import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { invalid, Problem } from "../../core/problem.ts";

/** What every answer says of itself, whether it is a success, an error or a stream; pages say otherwise where they are sent. */
export const apiHeaders: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
};

/** Pages may load what is ours and nothing else. Terminals and editors write their colours into the page. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const urlMax = 8_192;

/** Goes before everything else, so that refusals carry the same headers as answers. */
export function setHeaders(app: FastifyInstance, corsOrigins: readonly string[]): void {
  const origins = new Set(corsOrigins);

  app.addHook("onRequest", (request, reply, done) => {
    reply.headers(apiHeaders);
    if (origins.size > 0) welcome(request, reply, origins);
    if (!namesOneHost(request)) {
      reply.header("connection", "close");
      return done(invalid("A request must name one host"));
    }
    const refusal = addressRefusal(request);
    if (refusal) return done(refusal);
    if (request.method !== "OPTIONS" || !reply.hasHeader("access-control-allow-origin")) return done();
    answerPreflight(reply);
  });
}

function addressRefusal({ url }: FastifyRequest): Problem | undefined {
  // No name and no text of ours holds one, and not every database can.
  if (url.includes("%00")) return invalid("The address must not contain NUL characters");
  if (url.length > urlMax) return new Problem("too_long", "The address is too long");
  return undefined;
}

/** Of two hosts Node would take the first, and something in front of us perhaps the second. */
function namesOneHost({ raw }: FastifyRequest): boolean {
  const hosts = timesGiven(raw.rawHeaders, "host");
  return hosts === 1 || (hosts === 0 && raw.httpVersion === "1.0");
}

/** How often a header was sent. Names and values take turns in what Node keeps of them. */
export function timesGiven(rawHeaders: readonly string[], name: string): number {
  let times = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (isNamed(rawHeaders[at], name)) times += 1;
  return times;
}

/** Most differ in length already, and need not be written in small letters. */
function isNamed(given: string | undefined, name: string): boolean {
  return given?.length === name.length && given.toLowerCase() === name;
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
