import { ApiError } from "../../client/api-error.ts";
import type { logOperations } from "../../contract/logs.ts";
import type { EventOf } from "../../contract/operation.ts";
import { createToldOnce } from "./told-once.ts";

export type LogEvent = EventOf<(typeof logOperations)["followLogs"]>;
export type NumberedEvent = LogEvent & { id?: string | undefined };

/** How a reading goes, and why it does not. */
export type Reading =
  | { word: "connecting" }
  | { word: "connected" }
  | { word: "waiting"; reason: string }
  | { word: "complete" }
  | { word: "refused"; reason: string };

interface Hooks {
  broke(): void;
}

interface Needs {
  /** Follows the log, opening it again where it broke, until it is left. */
  follow(hooks: Hooks): AsyncIterable<NumberedEvent>;
  /** Told of each line once, and of everything else. */
  hear(event: LogEvent): void;
  tell(reading: Reading): void;
  /** Lets the page draw where much comes at once. */
  breathe(): Promise<void> | undefined;
}

const lost = "The connection was lost";

const passing: Readonly<Record<string, string>> = {
  shutdown: "The server is restarting",
  slow_reader: "This page did not keep up",
  failed: "The log broke off",
};

const final: Readonly<Record<string, string>> = {
  session_ended: "You are signed out",
  access_revoked: "Your access to this was taken back",
};

/** Reads a log until it is complete, refused or left. */
export async function readLog({ follow, hear, tell, breathe }: Needs): Promise<void> {
  const isNews = createToldOnce();
  let reason = lost;
  const broke = () => {
    tell({ word: "waiting", reason });
    reason = lost;
  };
  tell({ word: "connecting" });
  try {
    for await (const event of follow({ broke })) {
      if (event.name !== "log") reason = passingReason(event) ?? reason;
      const reading = readingAfter(event);
      if (reading) tell(reading);
      else if (event.name !== "log" || isNews(event.id)) hear(event);
      if (reading && reading.word !== "connected") return;
      await breathe();
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    tell({ word: "refused", reason: error.message });
  }
}

function readingAfter(event: LogEvent): Reading | undefined {
  if (event.name === "metadata") return { word: "connected" };
  if (event.name === "complete") return { word: "complete" };
  const reason = event.name === "end" ? final[event.data.reason] : undefined;
  return reason === undefined ? undefined : { word: "refused", reason };
}

const passingReason = (event: LogEvent) => (event.name === "end" ? passing[event.data.reason] : undefined);
