import type { FastifyRequest } from "fastify";
import type { Operation } from "../../contract/operation.ts";
import { unauthenticated } from "../../core/problem.ts";
import { timesGiven } from "./headers.ts";

/** One word, and nothing after it. */
const bearer = /^bearer ([^\s,]+)$/i;

/** Browsers cannot set headers on a WebSocket, so there, and only there, a token may come in the query. */
export function tokenOf(
  { headers, raw, query }: FastifyRequest,
  type: Operation["type"],
): string | undefined {
  const { token: inQuery } = query as { token?: unknown };
  // An address is logged, kept in histories and passed on: a token in it is a token given away.
  if (type !== "socket" && inQuery !== undefined)
    throw unauthenticated("A token must not be part of the address");
  // Of two headers Node would silently take the first, and something in front of us perhaps the second.
  if (timesGiven(raw.rawHeaders, "authorization") > 1) return undefined;
  const [, token] = bearer.exec(headers.authorization ?? "") ?? [];
  if (token !== undefined) return token;
  return typeof inQuery === "string" ? inQuery : undefined;
}
