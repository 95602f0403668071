import { createServer } from "node:net";
import { reportUsage } from "../harness/report-usage.js";
import { talkWhenAsked } from "../harness/talk.js";

// The least a server of events can do: a head, and then one prepared buffer to each socket.
const sockets = new Set();
let id = 0;
const server = createServer({ noDelay: true }, (socket) => {
  socket.on("error", () => socket.destroy());
  socket.once("close", () => sockets.delete(socket));
  socket.once("data", () => {
    socket.write("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\nevent: hello\ndata: {}\n\n");
    sockets.add(socket);
  });
});

talkWhenAsked((node_id, message) => {
  id += 1;
  const status = { state: "running", message, replicas: 3, readyReplicas: 2 };
  const data = JSON.stringify({ workflow_id: "0".repeat(24), node_id, status });
  const bytes = Buffer.from(`id: 00000000-${id}\nevent: node.status\ndata: ${data}\n\n`);
  for (const socket of sockets) socket.write(bytes);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") reportUsage({ url: `http://127.0.0.1:${address.port}/` });
  process.channel?.ref();
});
