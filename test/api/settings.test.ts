import { expect, test } from "vitest";
import { ApiError } from "../../src/client/api-error.ts";
import { api } from "../../src/contract/api.ts";
import { startTestApp } from "../support/test-app.ts";

const code = /^[A-HJ-NP-Z2-9]{12}$/;

async function prepare(env: Record<string, string> = {}) {
  const server = await startTestApp({ env });
  const admin = await server.signUp("Ada");
  const anonymous = server.clientWith(() => undefined);
  let people = 0;
  const register = (inviteCode: string) => {
    people += 1;
    const body = {
      email: `guest${people}@example.com`,
      password: "correct horse",
      name: "Guest",
      inviteCode,
    };
    return anonymous.call(api.register, { body });
  };
  return { server, admin, register };
}

test.each(["open", "invite"])(
  "where registration is %s an administrator has a code to give",
  async (mode) => {
    const { admin } = await prepare({ REGISTRATION: mode });
    const { inviteCode } = await admin.call(api.getInviteCode, {});
    expect(inviteCode).toMatch(code);
    expect(await admin.call(api.getInviteCode, {})).toEqual({ inviteCode });
    expect(await admin.call(api.getRegenerateSetting, {})).toEqual({
      regenerateAfterSignup: false,
      inviteCode,
    });
  },
);

test("several who ask for the first code at once are told the same", async () => {
  const { admin } = await prepare();
  const answers = await Promise.all(Array.from({ length: 20 }, () => admin.call(api.getInviteCode, {})));
  expect(new Set(answers.map(({ inviteCode }) => inviteCode)).size).toBe(1);
});

test("a new code lets people in, and the one before no longer does", async () => {
  const { admin, register } = await prepare({ REGISTRATION: "invite" });
  const { inviteCode: old } = await admin.call(api.getInviteCode, {});
  await register(old);
  const { inviteCode } = await admin.call(api.renewInviteCode, {});
  expect(inviteCode).toMatch(code);
  expect(inviteCode).not.toBe(old);
  await expect(register(old)).rejects.toMatchObject({ status: 403, message: "Valid invite code required" });
  expect((await register(inviteCode)).user.role).toBe("user");
});

test("a code for one is another once somebody has registered with it", async () => {
  const { admin, register } = await prepare({ REGISTRATION: "invite" });
  const body = { regenerateAfterSignup: true };
  expect(await admin.call(api.setRegenerateSetting, { body })).toEqual(body);
  const { inviteCode, regenerateAfterSignup } = await admin.call(api.getRegenerateSetting, {});
  expect(regenerateAfterSignup).toBe(true);
  await register(inviteCode);
  await expect(register(inviteCode)).rejects.toBeInstanceOf(ApiError);
  const next = await admin.call(api.getInviteCode, {});
  expect(next.inviteCode).not.toBe(inviteCode);
  await admin.call(api.setRegenerateSetting, { body: { regenerateAfterSignup: false } });
  await register(next.inviteCode);
  await register(next.inviteCode);
});

const paths = [
  ["GET", "/settings/invite-code"],
  ["POST", "/settings/generate-invite-code"],
  ["GET", "/settings/regenerate-setting"],
  ["PUT", "/settings/regenerate-setting"],
] as const;

test.each(paths)("G06 Z04: %s %s is for administrators alone", async (method, path) => {
  const { server, admin } = await prepare();
  const grace = await server.signUp("Grace");
  const { inviteCode } = await admin.call(api.getInviteCode, {});
  const ask = (token?: string) =>
    fetch(`${server.url}/v1/api${path}`, {
      method,
      headers: { ...(token && { authorization: `Bearer ${token}` }), "content-type": "application/json" },
      ...(method === "PUT" && { body: JSON.stringify({ regenerateAfterSignup: true }) }),
    });
  const stranger = await ask();
  expect(stranger.status).toBe(401);
  const refused = await ask(grace.token);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toEqual({ error: "Admin access required" });
  expect(await admin.call(api.getRegenerateSetting, {})).toEqual({
    regenerateAfterSignup: false,
    inviteCode,
  });
});

test.each([
  {},
  { regenerateAfterSignup: "true" },
  { regenerateAfterSignup: 1 },
  { regenerateAfterSignup: null },
  [[]],
])("G06: %j is no setting", async (body) => {
  const { server, admin } = await prepare();
  const response = await fetch(`${server.url}/v1/api/settings/regenerate-setting`, {
    method: "PUT",
    headers: { authorization: `Bearer ${admin.token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(400);
});
