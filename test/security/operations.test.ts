import { expect, onTestFinished, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Operation } from "../../src/contract/operation.ts";
import { createHttpServer } from "../../src/server/http/server.ts";

// WebSockets are asked for in another way, and tried where terminals are.
const operations = Object.entries<Operation>(api).filter(([, { type }]) => type !== "socket");
const id = "0123456789abcdef01234567";

/** Operations of the product, none of which does anything but what it is told to here. */
async function startAll(
  answer: () => Promise<never>,
  change = (operation: Operation) => operation,
  mounted: readonly (readonly [string, Operation])[] = operations,
) {
  let asked = 0;
  const { app, mount } = await createHttpServer({
    api,
    gate: {
      // Sound for a server in which nobody looks at more of a user.
      admit: async () => ({ user: { id, role: "admin" }, session_id: "session" }) as never,
      stillWelcome: async (sessions) => new Set(sessions),
    },
    repeats: { begin: () => Promise.reject(new Error("Nothing is asked twice here")) },
    webFolder: "/nowhere",
    logLevel: "silent",
    isReady: async () => true,
  });
  const handle = () => {
    asked += 1;
    return answer();
  };
  for (const [, each] of mounted) {
    const operation = change(each);
    if (operation.type === "endpoint") mount.endpoint(operation, handle);
    if (operation.type === "stream") mount.stream(operation, handle);
  }
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => app.close());
  return {
    url,
    asked: () => asked,
    async ask(
      operation: Operation,
      { params = {}, query = "" }: { params?: Record<string, string>; query?: string },
    ) {
      const path = operation.path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? id);
      const response = await fetch(`${url}${path}${query}`, {
        method: operation.type === "endpoint" ? operation.method : "GET",
        headers: { authorization: "Bearer ada" },
      });
      return { status: response.status, text: await response.text() };
    },
  };
}

const never = () => Promise.reject(new Error("This should have been refused"));

interface Property {
  type?: string;
  enum?: unknown[];
  pattern?: string;
}
const propertiesOf = (schema: unknown) =>
  Object.entries((schema as { properties?: Record<string, Property> } | undefined)?.properties ?? {});

const oddWords = ["password", "constructor", "__proto__", "owner_id", "name,id", "'", "1;drop", "(select 1)"];
const oddNumbers = ["-1", "1.5", "1e3", "0x5", "+5", "", " 5", "Infinity", "NaN", "9007199254740993", "５"];

/** What each operation lets itself be told by a word of a list or by a number. */
const choices = operations.flatMap(([name, operation]) =>
  propertiesOf(operation.query).flatMap(([property, { type, enum: words }]) => {
    if (words) return [{ name, operation, property, odd: oddWords }];
    return type === "integer" || type === "number" ? [{ name, operation, property, odd: oddNumbers }] : [];
  }),
);

test("G04: there are many such choices", () => expect(choices.length).toBeGreaterThan(20));

test.each(choices)(
  "G04: $name takes no $property that is not on its list or no plain number in range",
  async ({ name, operation, property, odd }) => {
    const { ask, asked } = await startAll(never, (same) => same, [[name, operation]]);
    for (const value of odd) {
      const query = `?${property}=${encodeURIComponent(value)}`;
      expect((await ask(operation, { query })).status, query).toBe(400);
    }
    expect(asked()).toBe(0);
  },
);

const oddIds = [
  ...["1", id.toUpperCase(), `${id}0`, id.slice(1), `${id}%0a`, `${id}%00`, "%EF%BC%91".repeat(24)],
  ...["__proto__", "toString", "constructor", "%7B%22%24ne%22%3A1%7D", "..%2f..%2fetc", "6".repeat(600)],
];
const named = operations.flatMap(([name, operation]) =>
  propertiesOf(operation.params).flatMap(([param, { pattern }]) =>
    pattern?.includes("[0-9a-f]{24}") ? [{ name, operation, param }] : [],
  ),
);

test("G05: there are many that name something by its id", () => expect(named.length).toBeGreaterThan(20));

test.each(named)(
  "G05: $name asks nobody about a $param that is no id",
  async ({ name, operation, param }) => {
    const { ask, asked } = await startAll(never, (same) => same, [[name, operation]]);
    for (const odd of oddIds)
      expect([400, 404], odd).toContain((await ask(operation, { params: { [param]: odd } })).status);
    expect(asked()).toBe(0);
  },
);

/** Asked for nothing, so that everybody comes as far as its handler. */
function withoutInput<O extends Operation>(operation: O): O {
  const { params: _params, query: _query, ...rest } = operation;
  return { ...rest, ...("body" in rest && { body: undefined }) } as unknown as O;
}

test.each([
  ["a bug", () => Promise.reject(new Error("SELECT password FROM users"))],
  [
    "a bug at once",
    () => {
      throw new TypeError("undefined is not a function at /srv/app.ts:1");
    },
  ],
  ["what is no error", () => Promise.reject("/srv/app.ts:1")],
])("L04: %s in any handler is told in two words, and the next one is answered", async (_, fail) => {
  const { ask, asked, url } = await startAll(fail, withoutInput);
  for (const [name, operation] of operations)
    expect(await ask(operation, {}), name).toEqual({
      status: 500,
      text: '{"error":"Internal server error"}',
    });
  expect(asked()).toBe(operations.length);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});
