import Type from "typebox";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { socket } from "../../src/contract/operation.ts";
import type { Limits } from "../../src/server/http/limits.ts";
import { createHttpServer } from "../../src/server/http/server.ts";

const talk = socket({
  path: "/v1/api/talk",
  summary: "",
  access: "user",
  protocol: "orrery.talk",
  hears: Type.Object({ type: Type.Literal("input"), data: Type.String() }),
  says: Type.Object({ type: Type.String(), data: Type.String() }),
});

/** A server that repeats what it hears, and says why it ends. */
async function startTalking(limits: Partial<Limits> = {}) {
  const ended = new Set<string>();
  const heard: string[] = [];
  const { app, mount } = await createHttpServer({
    api: { talk },
    gate: {
      admit: async (token) => ({ user: { id: token }, session_id: token }) as never,
      stillWelcome: async (ids) => new Set(ids.filter((each) => !ended.has(each))),
    },
    repeats: { begin: () => Promise.reject(new Error("This test asks nothing twice")) },
    webFolder: "/nowhere",
    logLevel: "silent",
    isReady: async () => true,
    limits,
  });
  mount.socket(talk, async () => async (line) => {
    const repeat = async () => {
      for await (const { data } of line.heard) {
        heard.push(data);
        await line.say({ type: "output", data });
      }
    };
    await repeat().catch(() => undefined);
    await line.say({ type: "close", data: line.ending() ?? "left" });
  });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => app.close());

  async function open(user = "ada") {
    const headers = { authorization: `Bearer ${user}` };
    const socket = new WebSocket(`${url.replace("http", "ws")}${talk.path}`, { headers });
    onTestFinished(() => socket.terminate());
    const told: { type: string; data: string }[] = [];
    socket.on("message", (data) => told.push(JSON.parse(String(data))));
    const closed = new Promise<{ code: number; reason: string }>((resolve) => {
      socket.once("close", (code, reason) => resolve({ code, reason: String(reason) }));
    });
    await new Promise<void>((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    return { socket, told, closed };
  }
  return { app, ended, heard, open };
}

test.each([
  ["what is not JSON", "hello"],
  ["an unknown type", '{"type":"dance","data":""}'],
  ["a missing field", '{"type":"input"}'],
  ["bytes", Buffer.from('{"type":"input","data":""}')],
])("R09 %s ends the line with 1008", async (_what, frame) => {
  const { open } = await startTalking();
  const { socket, closed, told } = await open();
  socket.send(frame);
  expect(await closed).toEqual({ code: 1008, reason: "misspoken" });
  expect(told.at(-1)).toEqual({ type: "close", data: "misspoken" });
});

test("R09 a frame of more than 64 KiB ends the line with 1009", async () => {
  const { open } = await startTalking();
  const { socket, closed } = await open();
  socket.send(JSON.stringify({ type: "input", data: "x".repeat(65_536) }));
  expect((await closed).code).toBe(1009);
});

test("what is said before anybody listens is heard all the same, in order and every word", async () => {
  const { open, heard } = await startTalking();
  const { socket, told } = await open();
  const words = Array.from({ length: 2_000 }, (_, index) => `${index} ${"x".repeat(200)}`);
  for (const data of words) socket.send(JSON.stringify({ type: "input", data }));
  await expect.poll(() => told.length, { timeout: 20_000 }).toBe(words.length);
  expect(heard).toEqual(words);
});

test("R10 silence, age and the end of the session end a line with the reason", async () => {
  const idle = await startTalking({ idleMs: 50 });
  expect(await (await idle.open()).closed).toEqual({ code: 1000, reason: "idle" });
  const old = await startTalking({ longestMs: 50 });
  expect(await (await old.open()).closed).toEqual({ code: 1000, reason: "too_long" });
  const signedOut = await startTalking({ sessionMs: 20 });
  const line = await signedOut.open();
  signedOut.ended.add("ada");
  expect(await line.closed).toEqual({ code: 1008, reason: "session_ended" });
  expect(line.told).toEqual([{ type: "close", data: "session_ended" }]);
});

test("a server that stops says so with 1001", async () => {
  const { app, open } = await startTalking();
  const { closed } = await open();
  await app.close();
  expect(await closed).toEqual({ code: 1001, reason: "shutdown" });
});

test("a line that gives no sign of life is cut off", async () => {
  const { open } = await startTalking({ pingMs: 30 });
  const { socket, closed } = await open();
  const lively = await open("bob");
  // It still reads, and would hear a farewell; it just never answers.
  socket.pong = () => undefined;
  expect((await closed).code).toBe(1006);
  expect(lively.socket.readyState).toBe(WebSocket.OPEN);
});

test("one user has five lines at most, and a place is free again when one is closed", async () => {
  const { open } = await startTalking();
  const lines = await Promise.all([1, 2, 3, 4, 5].map(() => open()));
  await expect(open()).rejects.toThrow("429");
  await open("bob");
  lines[0]?.socket.close();
  await expect
    .poll(() =>
      open().then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
});
