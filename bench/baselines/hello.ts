import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { reportUsage } from "../harness/report-usage.ts";

const server = createServer((_request, response) => response.end("hello"));
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  reportUsage({ url: `http://127.0.0.1:${port}` });
});
