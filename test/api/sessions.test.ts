import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { eventually } from "../support/eventually.ts";
import { followLive } from "../support/live.ts";
import { startTestApp } from "../support/test-app.ts";

type Server = Awaited<ReturnType<typeof startTestApp>>;

/** Signs in once more, as a browser that calls itself something. */
async function signIn({ url }: Server, email: string, agent: string): Promise<string> {
  const response = await fetch(`${url}/v1/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": agent },
    body: JSON.stringify({ email, password: "correct horse" }),
  });
  return ((await response.json()) as { token: string }).token;
}

async function prepare(options: Parameters<typeof startTestApp>[0] = {}) {
  const server = await startTestApp(options);
  const ada = await server.signUp("Ada");
  const phone = await signIn(server, ada.user.email, "Phone\u00e9 1.0");
  const asPhone = server.clientWith(() => phone);
  return { server, ada, phone, asPhone };
}

test("somebody sees their sessions: since when, from where, with what, and which is this one", async () => {
  const { server, ada, asPhone } = await prepare();
  await server.signUp("Eve");
  const { sessions } = await ada.call(api.listSessions, {});
  expect(sessions.length).toBe(2);
  expect(sessions.find(({ current }) => !current)).toMatchObject({
    agent: "Phone 1.0",
    address: "127.0.0.1",
  });
  const seen = (await asPhone.call(api.listSessions, {})).sessions;
  expect(seen.map(({ id }) => id).toSorted()).toEqual(sessions.map(({ id }) => id).toSorted());
  expect(seen.find(({ current }) => current)?.agent).toBe("Phone 1.0");
});

test("U11: an ended session is nobody's, its stream says so at once, and the others go on", async () => {
  const { server, ada, phone, asPhone } = await prepare();
  const live = await followLive({ url: server.url, token: phone });
  const own = await followLive({ url: server.url, token: ada.token });
  await eventually(() => live.names().includes("hello") && own.names().includes("hello"));
  const { sessions } = await ada.call(api.listSessions, {});
  const params = { id: sessions.find(({ current }) => !current)?.id ?? "" };
  expect(await ada.call(api.endSession, { params })).toEqual({ message: "Session ended" });
  await eventually(() => live.state.isOver, 3_000);
  expect(live.said("session.ended")).toEqual([{ reason: "ended_by_user" }]);
  await expect(asPhone.call(api.getProfile, {})).rejects.toMatchObject({ status: 401 });
  expect((await ada.call(api.listSessions, {})).sessions.map(({ current }) => current)).toEqual([true]);
  await expect(ada.call(api.endSession, { params })).rejects.toMatchObject({ status: 404 });
  expect(own.state.isOver).toBe(false);
});

test("somebody else's session is not there", async () => {
  const { server, ada } = await prepare();
  const eve = await server.signUp("Eve");
  const { sessions } = await ada.call(api.listSessions, {});
  for (const { id } of sessions)
    await expect(eve.call(api.endSession, { params: { id } })).rejects.toMatchObject({
      status: 404,
      message: "Session not found",
    });
  expect((await ada.call(api.listSessions, {})).sessions).toMatchObject(sessions.map(({ id }) => ({ id })));
});

test("all other sessions are ended together, and signing out ends the stream of this one", async () => {
  const { server, ada, asPhone } = await prepare();
  await signIn(server, ada.user.email, "Tablet");
  expect(await ada.call(api.endOtherSessions, {})).toMatchObject({ ended: 2 });
  await expect(asPhone.call(api.getProfile, {})).rejects.toMatchObject({ status: 401 });
  const live = await followLive({ url: server.url, token: ada.token });
  await eventually(() => live.names().includes("hello"));
  await ada.call(api.logOut, {});
  await eventually(() => live.state.isOver, 3_000);
  expect(live.said("session.ended")).toEqual([{ reason: "signed_out" }]);
});

test("sessions that nobody can continue are not listed, and when one was used is known after a restart", async () => {
  const clock = { ms: Date.parse("2026-01-01T00:00:00.000Z") };
  const { server, ada, asPhone } = await prepare({ now: () => new Date(clock.ms) });
  clock.ms += 3_600_000;
  await asPhone.call(api.getProfile, {});
  const next = await server.restart();
  const again = next.clientWith(() => ada.token);
  const { sessions } = await again.call(api.listSessions, {});
  expect(sessions.map(({ last_seen_at }) => last_seen_at)).toEqual(Array(2).fill("2026-01-01T01:00:00.000Z"));
  clock.ms += 9 * 86_400_000;
  const late = await signIn({ ...server, url: next.url }, ada.user.email, "Late");
  const left = await next.clientWith(() => late).call(api.listSessions, {});
  expect(left.sessions).toMatchObject([{ agent: "Late", current: true }]);
});
