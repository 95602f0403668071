import type { FastifyRequest } from "fastify";
import { ticketProtocol } from "../../contract/operation.ts";
import { forbidden, unauthenticated } from "../../core/problem.ts";
import type { Caller } from "./caller.ts";

/** Whom a ticket lets in, and what for: only whoever made it knows what that means. */
export interface Redeemed extends Caller {
  purpose: string;
}

/** Takes a ticket for good. Nothing for one that never was, is too old or was used. */
export type Redeem = (ticket: string) => Promise<Redeemed | undefined>;

/** How a WebSocket is entered by a ticket; nothing where none is offered. */
export async function entryByTicket(redeem: Redeem, ticket: string): Promise<Redeemed> {
  const redeemed = await redeem(ticket);
  if (!redeemed) throw unauthenticated("The ticket is not valid: ask for a new one");
  return redeemed;
}

export function ticketIn({ headers }: FastifyRequest): string | undefined {
  const offered = headers["sec-websocket-protocol"] ?? "";
  const ticket = offered
    .split(",")
    .map((each) => each.trim())
    .find((each) => each.startsWith(ticketProtocol));
  return ticket?.slice(ticketProtocol.length);
}

/**
 * Pages of strangers may open a WebSocket to anywhere, and browsers then say whose page it is. Other programs say
 * nothing, but can carry a header or a ticket, which a stranger's page cannot.
 */
export function refuseStrangers(request: FastifyRequest, origins: ReadonlySet<string>): void {
  const { origin, authorization } = request.headers;
  if (origin === undefined) {
    if (authorization !== undefined || ticketIn(request) !== undefined || !inQuery(request)) return;
    throw forbidden("Without an Origin, a Bearer header or a ticket is needed");
  }
  if (origins.has(origin) || URL.parse(origin)?.host === request.host) return;
  throw forbidden("This origin may not open a WebSocket here");
}

const inQuery = ({ query }: FastifyRequest) => (query as { token?: unknown }).token !== undefined;
