import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { apiHeaders } from "./headers.ts";

/** What the parser itself refuses is answered in the same words as everything else, and the line is closed. */
export function refuseBroken(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const status = statusOf(error.code);
  const body = JSON.stringify({ error: STATUS_CODES[status] });
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(apiHeaders).map(([name, value]) => `${name}: ${value}`),
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
  // Whoever goes on sending is not listened to.
  socket.destroySoon();
}

function statusOf(code: string | undefined): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return 413;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}
