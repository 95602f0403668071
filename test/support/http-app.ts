import { connect } from "node:net";
import Type from "typebox";
import { onTestFinished } from "vitest";
import { endpoint, stream } from "../../src/contract/operation.ts";
import { toJsonText } from "../../src/core/json-text.ts";
import { unauthenticated } from "../../src/core/problem.ts";
import { createTopic } from "../../src/server/events/topic.ts";
import type { Gate } from "../../src/server/http/caller.ts";
import { createHttpServer } from "../../src/server/http/server.ts";

interface Options extends Partial<Parameters<typeof createHttpServer>[0]> {
  /** Hears whose sessions are asked about. */
  onAsked?(session_ids: readonly string[]): void;
  /** Goes before a thing is added. */
  beforeAdding?(name: string): Promise<void>;
}

const id = Type.String({ pattern: "^[0-9a-f]{24}$", title: "Invalid thing ID" });
const access = "user";
const summary = "";
const Thing = Type.Object({
  name: Type.String({ minLength: 1, pattern: "\\S" }),
  nodes: Type.Optional(Type.Array(Type.Unknown())),
});

const api = {
  listThings: endpoint({
    method: "GET",
    path: "/v1/api/things",
    access,
    summary,
    query: Type.Object({
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
      search: Type.Optional(Type.String()),
    }),
    success: 200,
    result: Type.Unknown(),
  }),
  addThing: endpoint({
    method: "POST",
    path: "/v1/api/things",
    access,
    summary,
    body: Thing,
    repeatable: true,
    success: 201,
    result: Type.Unknown(),
  }),
  keepThing: endpoint({
    method: "PUT",
    path: "/v1/api/things/:id",
    access,
    summary,
    params: Type.Object({ id }),
    body: Thing,
    bodyLimitBytes: 5_242_880,
    largeBody: true,
    success: 200,
    result: Type.Unknown(),
  }),
  slowThing: endpoint({
    method: "GET",
    path: "/v1/api/slow",
    access,
    summary,
    success: 200,
    result: Type.Unknown(),
  }),
  keepSlowThing: endpoint({
    method: "POST",
    path: "/v1/api/slow",
    access,
    summary,
    body: Thing,
    success: 200,
    result: Type.Unknown(),
  }),
  brokenThing: endpoint({
    method: "GET",
    path: "/v1/api/broken",
    access,
    summary,
    success: 200,
    result: Type.Unknown(),
  }),
  admit: endpoint({
    method: "POST",
    path: "/v1/api/login",
    access: "public",
    summary,
    body: Thing,
    success: 200,
    result: Type.Unknown(),
  }),
  follow: stream({
    path: "/v1/api/things/:id/stream",
    access,
    summary,
    events: { metadata: Type.Unknown() },
  }),
};

export const thing = "0123456789abcdef01234567";

/** Our HTTP before a contract of its own, so that what is tested is HTTP and nothing else. `ada` is the one token. */
export async function startHttpApp({ onAsked, beforeAdding, ...options }: Options = {}) {
  const ended = new Set<string>();
  const gate: Gate = {
    async admit(token) {
      if (token !== "ada" && token !== "bob") throw unauthenticated("Authorization token is required");
      const user = { id: token, name: token, email: `${token}@example.com`, role: "user" };
      return { user, session_id: token } as never;
    },
    async stillWelcome(session_ids) {
      onAsked?.(session_ids);
      return new Set(session_ids.filter((each) => !ended.has(each)));
    },
  };
  const { app, mount } = await createHttpServer({
    api,
    gate,
    repeats: { begin: () => Promise.reject(new Error("This test asks nothing twice")) },
    webFolder: "/nowhere",
    logLevel: "silent",
    isReady: async () => true,
    ...options,
  });
  const ran: string[] = [];
  const source = createTopic({ counter: { epoch: "e", last: 0 }, windowMs: 1, kept: 100 });
  mount.endpoint(api.listThings, async ({ query, address }) => ({ query, address }));
  mount.endpoint(api.addThing, async ({ body }) => {
    ran.push(body.name);
    await beforeAdding?.(body.name);
    return body;
  });
  mount.endpoint(api.keepThing, async ({ body }) => toJsonText<unknown>(body));
  mount.endpoint(api.brokenThing, () =>
    Promise.reject(new Error("SELECT password FROM users at /srv/app.ts:1")),
  );
  mount.endpoint(api.slowThing, () => new Promise(() => {}));
  mount.endpoint(api.keepSlowThing, () => new Promise(() => {}));
  mount.endpoint(api.admit, async ({ body }) => body);
  mount.stream(api.follow, async () => ({
    source,
    opening: async () => ({ name: "metadata", data: { state: 1 } }),
  }));
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => app.close());

  return { app, url, port: Number(new URL(url).port), ran, source, ended, ask };

  /** As Ada, unless it says otherwise. */
  async function ask(method: string, path: string, { headers = {}, body }: Asked = {}) {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: "Bearer ada",
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text };
  }
}

interface Asked {
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

/** Sends bytes as they are, and answers with everything that comes back until the other side closes. */
export function sendRaw(port: number, bytes: string | Uint8Array): Promise<{ text: string; ms: number }> {
  const started = performance.now();
  return new Promise((resolve) => {
    let text = "";
    const line = connect(port, "127.0.0.1", () => line.write(bytes));
    line.setEncoding("latin1").on("data", (more) => {
      text += more;
    });
    line.on("error", () => undefined);
    line.once("close", () => resolve({ text, ms: performance.now() - started }));
  });
}
