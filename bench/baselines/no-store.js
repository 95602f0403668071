import { createServer } from "node:http";
import { listenAndReport } from "../harness/report-usage.js";

/** @typedef {{ nodes: { id: string }[], edges: { source: string, target: string }[] }} Drawn */

// What saving costs without keeping anything: the body is read, parsed, looked through and answered.
const server = createServer((request, response) => {
  /** @type {Buffer[]} */
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const text = Buffer.concat(chunks).toString();
    const { nodes, edges } = /** @type {Drawn} */ (JSON.parse(text));
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
listenAndReport(server);
