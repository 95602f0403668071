import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { reportUsage } from "../harness/report-usage.ts";

// The least a server can do: the same bytes, from memory, whatever is asked.
const body = Buffer.alloc(Number(process.argv[2] ?? 3_900), "x");
const server = createServer((_request, response) => {
  response.writeHead(200, {
    "content-type": "application/json; charset=utf-8",
    "content-length": body.length,
  });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  reportUsage({ url: `http://127.0.0.1:${port}` });
});
