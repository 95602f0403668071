import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { LiveEvent } from "../../src/web/live/events.ts";

const heartbeatMs = 10_000;

/**
 * Stands between a browser and the product, and passes on what is asked of it. Events are its own, as many as it is
 * told to say: no use of the API makes so many. Logs are those of another server.
 */
export async function openLiveGateway(product: string, logs: string) {
  const followers = new Set<ServerResponse>();
  const beat = setInterval(() => tell(": \n\n"), heartbeatMs);

  function tell(text: string): void {
    for (const follower of followers) follower.write(text);
  }

  function follow(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(textOf({ name: "hello", data: { time: new Date().toISOString(), version: "bench" } }));
    followers.add(response);
    response.once("close", () => followers.delete(response));
  }

  const server = createServer((asked, response) => {
    const { pathname, search } = new URL(asked.url ?? "/", product);
    if (pathname === "/v1/api/events") follow(response);
    else if (/^\/v1\/api\/resources\/\w+\/logs\/stream$/.test(pathname))
      passOn(asked, response, `${logs.split("?")[0]}${search}`);
    else passOn(asked, response, `${product}${pathname}${search}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Says these to everybody who follows, in one write. */
    say: (events: readonly LiveEvent[]) => tell(events.map(textOf).join("")),
    close(): void {
      clearInterval(beat);
      server.close();
      server.closeAllConnections();
    },
  };
}

const textOf = ({ name, data }: LiveEvent) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

function passOn(asked: IncomingMessage, response: ServerResponse, url: string): void {
  const { method, headers } = asked;
  const sent = request(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  sent.on("error", () => response.destroy());
  response.once("close", () => sent.destroy());
  asked.pipe(sent);
}
