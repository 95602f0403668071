import type { Connections } from "../../cluster/connections.ts";
import type { ExecSessionStore } from "../../storage/exec-sessions.ts";
import type { ExecTicketStore } from "../../storage/exec-tickets.ts";
import type { ResourceStore } from "../../storage/resources.ts";
import type { SessionStore } from "../../storage/sessions.ts";

export interface TerminalNeeds {
  resources: Pick<ResourceStore, "findGranted" | "noteAccess">;
  execTickets: ExecTicketStore;
  execSessions: ExecSessionStore;
  sessions: Pick<SessionStore, "callerOf">;
  connections: Pick<Connections, "to">;
  /** What a debug container is made of: an image with a shell and tools. */
  debugImage: string;
  /** Has something finished that is not waited for here, also when the server stops. */
  finish(work: Promise<void>): void;
  newId(): string;
  now(): Date;
}
