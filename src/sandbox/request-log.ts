import type { IncomingMessage, ServerResponse } from "node:http";

export interface LoggedRequest {
  /** When it came in, in milliseconds since 1970. */
  at: number;
  method: string;
  path: string;
  query: string;
  /** 0 while it is not answered. */
  status: number;
}

const keptRequests = 20_000;

/** The last requests, for tests and benchmarks to count. */
export function createRequestLog() {
  const requests: LoggedRequest[] = [];
  return {
    requests,
    note({ method = "GET" }: IncomingMessage, response: ServerResponse, { pathname, search }: URL): void {
      const entry = { at: Date.now(), method, path: pathname, query: search, status: 0 };
      requests.push(entry);
      if (requests.length > keptRequests) requests.shift();
      response.once("finish", () => {
        entry.status = response.statusCode;
      });
    },
  };
}
