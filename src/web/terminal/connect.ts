import { api } from "../../contract/api.ts";
import { ticketProtocol } from "../../contract/operation.ts";
import { client } from "../session.ts";
import type { Wire, WireEvents } from "./terminal-line.ts";

/** Whose shell is wanted, in which container, and whether tools are to be brought. */
export interface TerminalAsk {
  id: string;
  container: string | undefined;
  debug: boolean;
}

/** Opens a terminal with a ticket, since an address is no place for a secret. */
export async function connectTerminal(ask: TerminalAsk, events: WireEvents): Promise<Wire> {
  const { id, container, debug } = ask;
  const asked = { ...(container !== undefined && { container }), ...(debug && { debug }) };
  const { ticket } = await client.call(api.createExecTicket, { params: { id }, body: asked });
  const address = client.addressOf(api.openTerminal, { params: { id }, query: asked });
  address.protocol = address.protocol.replace("http", "ws");
  const socket = new WebSocket(address, [api.openTerminal.protocol, `${ticketProtocol}${ticket}`]);
  socket.addEventListener("message", ({ data }) => events.said(String(data)));
  socket.addEventListener("close", () => events.closed());
  return { send: (text) => socket.send(text), close: () => socket.close() };
}
