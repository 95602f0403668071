import type { IncomingMessage } from "node:http";
import type { Operation } from "../../contract/operation.ts";
import { pathPattern } from "./methods.ts";

/**
 * Says which requests may leave HTTP: those for a WebSocket where the contract has one. All others are
 * answered as if they had not asked, as HTTP wants it; else they would hang on a line nobody speaks on.
 */
export function upgradeJudge(api: Record<string, Operation>): (request: IncomingMessage) => boolean {
  const sockets = Object.values(api)
    .filter(({ type }) => type === "socket")
    .map(({ path }) => pathPattern(path));
  return ({ headers, url = "" }) =>
    headers.upgrade?.toLowerCase() === "websocket" && sockets.some((pattern) => pattern.test(url));
}
