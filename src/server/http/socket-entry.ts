import type { FastifyRequest } from "fastify";
import { ticketProtocol } from "../../contract/operation.ts";
import { forbidden, unauthenticated } from "../../core/problem.ts";
import type { Caller, Gate } from "./caller.ts";

/** Whom a ticket lets in, and what for: only whoever made it knows what that means. */
export interface Redeemed extends Caller {
  purpose: string;
}

/** Takes a ticket for good. Nothing for one that never was, is too old or was used. */
export type Redeem = (ticket: string) => Promise<Redeemed | undefined>;

export interface SocketEntryNeeds {
  gate: Pick<Gate, "admit">;
  redeem: Redeem;
  /** Whose pages may open WebSockets, beside our own. */
  origins: ReadonlySet<string>;
}

/** Says who may open a WebSocket: by ticket where one is offered, else by token; and never from a stranger's page. */
export function socketEntry({ gate, redeem, origins }: SocketEntryNeeds) {
  async function byTicket(ticket: string): Promise<Redeemed> {
    const redeemed = await redeem(ticket);
    if (!redeemed) throw unauthenticated("The ticket is not valid: ask for a new one");
    return redeemed;
  }

  return (request: FastifyRequest, token: string | undefined): Caller | Promise<Caller> => {
    const ticket = ticketIn(request);
    refuseStrangers(request, ticket !== undefined, origins);
    return ticket === undefined ? gate.admit(token) : byTicket(ticket);
  };
}

function ticketIn({ headers }: FastifyRequest): string | undefined {
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
function refuseStrangers(request: FastifyRequest, hasTicket: boolean, origins: ReadonlySet<string>): void {
  const { origin, authorization } = request.headers;
  if (origin === undefined) {
    const { token } = request.query as { token?: unknown };
    if (authorization !== undefined || hasTicket || token === undefined) return;
    throw forbidden("Without an Origin, a Bearer header or a ticket is needed");
  }
  if (origins.has(origin) || URL.parse(origin)?.host === request.host) return;
  throw forbidden("This origin may not open a WebSocket here");
}
