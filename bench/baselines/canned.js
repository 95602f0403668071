import { createServer } from "node:http";
import { listenAndReport } from "../harness/report-usage.js";

// The least a server can do: the same bytes, from memory, whatever is asked.
const body = Buffer.alloc(Number(process.argv[2] ?? 3_900), "x");
const server = createServer((_request, response) => {
  response.writeHead(200, {
    "content-type": "application/json; charset=utf-8",
    "content-length": body.length,
  });
  response.end(body);
});
listenAndReport(server);
