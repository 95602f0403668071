import type { FastifyReply, FastifyRequest } from "fastify";

/** A stored answer as it is sent, and the name of its state. */
export interface Kept {
  body: Buffer | string;
  etag: string;
}

export function send(request: FastifyRequest, reply: FastifyReply, status: number, result: unknown): void {
  reply.code(status).type("application/json; charset=utf-8");
  if (!isKept(result)) return void reply.send(asSent(result));
  reply.header("etag", result.etag);
  if (isKnown(request.headers["if-none-match"], result.etag)) reply.code(304).send();
  else reply.send(result.body);
}

/** The same as text, for what is sent more than once. */
export function textOf(result: unknown): string {
  return isKept(result) ? result.body.toString() : asSent(result);
}

function isKept(result: unknown): result is Kept {
  return typeof result === "object" && result !== null && "body" in result && "etag" in result;
}

/** Stored text is sent as it is, and everything else is written out once, here. */
function asSent(result: unknown): string {
  return typeof result === "string" ? result : JSON.stringify(result);
}

/** Whether the asker has this state already. Names are compared weakly, as RFC 9110 asks for this header. */
function isKnown(asked: string | undefined, etag: string): boolean {
  if (asked === undefined) return false;
  return asked.split(",").some((each) => ["*", etag].includes(each.trim().replace(/^W\//, "")));
}
