import { createServer, get } from "node:http";
import { listenAndReport } from "../harness/report-usage.js";

// What a log server does that does not think about it: each line is an event of its own, made and written for each
// reader by itself. It reads the cluster once, and goes on with the next pod when one has ended.
const [origin = ""] = process.argv.slice(2);
const readers = new Set();
let round = 0;

function read() {
  const pod = `web-${round}`;
  const path = `/api/v1/namespaces/default/pods/${pod}/log?container=main&follow=true&timestamps=true`;
  get(`${origin}${path}`, (log) => {
    let rest = "";
    log.setEncoding("utf8");
    log.on("data", async (text) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) tell(pod, line);
      // Otherwise it would read faster than anybody does, and keep the rest.
      const full = [...readers].filter((reader) => reader.writableNeedDrain);
      if (full.length < readers.size || full.length === 0) return;
      log.pause();
      await Promise.race(full.map((reader) => new Promise((resolve) => reader.once("drain", resolve))));
      log.resume();
    });
    log.on("end", () => {
      round += 1;
      read();
    });
  });
}

/** @param {string} pod @param {string} line */
function tell(pod, line) {
  const space = line.indexOf(" ");
  const at = line.slice(0, space);
  for (const reader of readers) {
    const data = JSON.stringify({ at, pod, container: "main", text: line.slice(space + 1) });
    reader.write(`id: ${at}\nevent: log\ndata: ${data}\n\n`);
  }
}

const server = createServer((_request, response) => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write("event: metadata\ndata: {}\n\n");
  readers.add(response);
  response.once("close", () => readers.delete(response));
});
listenAndReport(server);
read();
process.channel?.ref();
