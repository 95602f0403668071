import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createOutbound } from "../../src/server/outbound/outbound.ts";

/** Connections to a server that counts what it is asked. */
async function prepare() {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end("yes");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const policy = { allowPrivateNetworks: true, allowedAddresses: [], listeners: () => [] };
  const pool = createOutbound({ policy }).pool({ origin: `http://127.0.0.1:${port}`, allowPlain: true });
  onTestFinished(() => pool.close());
  return { pool, asked: () => asked };
}

const call = { method: "GET", path: "/" } as const;

test("calls that come together are all answered over the same connections", async () => {
  const { pool, asked } = await prepare();
  const answers = await Promise.all([pool.whole(call), pool.whole(call), pool.whole(call)]);
  expect(answers.map(({ status, body }) => `${status} ${body}`)).toEqual(["200 yes", "200 yes", "200 yes"]);
  expect(asked()).toBe(3);
});

test("what was closed before its first call is not opened by a late one", async () => {
  const { pool, asked } = await prepare();
  await pool.close();
  await expect(pool.whole(call)).rejects.toMatchObject({ code: "ORRERY_CLOSED" });
  expect(asked()).toBe(0);
});

test("what is closed while it is being opened answers nothing more", async () => {
  const { pool } = await prepare();
  const answer = expect(pool.whole(call)).rejects.toMatchObject({ code: expect.any(String) });
  await pool.close();
  await answer;
});
