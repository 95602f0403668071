import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { reportUsage } from "../harness/report-usage.ts";

interface Drawn {
  nodes: { id: string }[];
  edges: { source: string; target: string }[];
}

// What saving costs without keeping anything: the body is read, parsed, looked through and answered.
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const text = Buffer.concat(chunks).toString();
    const { nodes, edges } = JSON.parse(text) as Drawn;
    const ids = new Set(nodes.map(({ id }) => id));
    const isWhole = edges.every(({ source, target }) => ids.has(source) && ids.has(target));
    const answer = Buffer.from(`{"message":"Workflow saved successfully","workflow":${text}}`);
    response.writeHead(isWhole ? 200 : 400, {
      "content-type": "application/json; charset=utf-8",
      "content-length": answer.length,
    });
    response.end(answer);
  });
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  reportUsage({ url: `http://127.0.0.1:${port}` });
});
