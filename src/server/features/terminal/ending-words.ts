import type { Screen } from "../../../contract/terminal.ts";
import type { ProgramEnd } from "../../cluster/exec.ts";
import type { Ending } from "../../http/line.ts";

/** The last thing a terminal says: `close` where there is no use in connecting again, `error` where there may be. */
const words: Readonly<Record<Ending, Screen>> = {
  idle: { type: "close", data: "Closed, since nothing was typed or shown for a long time" },
  too_long: { type: "close", data: "Closed, since no terminal may be open for longer" },
  session_ended: { type: "close", data: "Closed, since you signed out" },
  access_revoked: { type: "close", data: "Closed, since your access to this pod was taken back" },
  misspoken: { type: "close", data: "Closed, since a message was not one that terminals understand" },
  slow_reader: { type: "error", data: "Closed, since what it showed was not read" },
  shutdown: { type: "error", data: "The server is stopping: connect again" },
  failed: { type: "error", data: "Terminal session ended unexpectedly" },
};

export const wordsOfEnding = (ending: Ending): Screen => words[ending];

/** What became of a shell that ended by itself. */
export function wordsOfExit({ exitCode }: ProgramEnd): Screen {
  if (exitCode === undefined) return words.failed;
  const data = "Terminal session completed";
  return {
    type: "close",
    data: exitCode === 0 ? data : `${data}: the shell ended with exit code ${exitCode}`,
  };
}

export const userLeft: Screen = { type: "close", data: "Closed by the user" };
export const podGone: Screen = { type: "error", data: "The pod is gone" };
export const containerEnded: Screen = { type: "error", data: "The container has ended" };
export const clusterAway: Screen = { type: "error", data: "The connection to the cluster was lost" };
