import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { apiHeaders } from "./headers.ts";

/** What the parser itself refuses is answered in the same words as everything else, and the line is closed. */
export function refuseBroken(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable || isBeingAnswered(socket))
    return void socket.destroy();
  const status = statusOf(error.code);
  const { body, headers } = refusalOf(status);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
  // Whoever goes on sending is not listened to.
  socket.destroySoon();
}

/** Whoever expects more of us than we know of is told so, in our words and not in Node's, which has none. */
export function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const { body, headers } = refusalOf(417);
  response.writeHead(417, headers).end(body);
}

function refusalOf(status: number) {
  const body = JSON.stringify({ error: STATUS_CODES[status] });
  const headers = {
    ...apiHeaders,
    "content-type": "application/json; charset=utf-8",
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  };
  return { body, headers };
}

/** In the middle of an answer, another one would pass for a part of it. */
function isBeingAnswered(socket: Socket): boolean {
  // Node keeps the answer there, as its own way of refusing needs to know the same.
  const { _httpMessage: answer } = socket as { _httpMessage?: ServerResponse | null };
  return answer?.headersSent === true;
}

function statusOf(code: string | undefined): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return 413;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}
