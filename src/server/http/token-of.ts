import type { Socket } from "node:net";
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
  const token = tokenIn(headers.authorization, raw.socket);
  if (token !== undefined) return token;
  return typeof inQuery === "string" ? inQuery : undefined;
}

interface Line extends Socket {
  /** The last header that came this way, and the token in it. */
  carried?: { header: string; token: string };
}

/** A connection mostly carries the same token again, and then it need not be cut out, nor hashed where it is looked up. */
function tokenIn(header: string | undefined, line: Line): string | undefined {
  if (header === undefined) return undefined;
  if (line.carried?.header === header) return line.carried.token;
  const [, token] = bearer.exec(header) ?? [];
  if (token !== undefined) line.carried = { header, token };
  return token;
}
