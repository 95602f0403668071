import { expect, test } from "vitest";
import type { SignedIn } from "../../src/contract/auth.ts";
import type { Profile } from "../../src/contract/profile.ts";
import { password, startAccounts } from "../support/account-app.ts";

test("the profile is the user, flat and as an object", async () => {
  const { ask, signUp } = await startAccounts();
  const { token, user } = await signUp();
  expect((await ask("GET", "/profile", { token })).json).toEqual({ ...user, user });
});

test("the name is changed, for every later answer", async () => {
  const { ask, signUp } = await startAccounts();
  const { token, user } = await signUp();
  const { status, json } = await ask<Profile>("PUT", "/profile", { token, body: { name: "Lovelace" } });
  expect(status).toBe(200);
  expect(json).toEqual({ ...user, name: "Lovelace", user: { ...user, name: "Lovelace" } });
  expect((await ask("GET", "/profile", { token })).json).toEqual(json);
});

test("a name is needed", async () => {
  const { ask, signUp } = await startAccounts();
  const { token } = await signUp();
  for (const body of [{}, { name: "" }, { name: "  " }, { name: 7 }, { name: "x".repeat(201) }])
    expect(await ask("PUT", "/profile", { token, body })).toMatchObject({
      status: 400,
      json: { details: [{ message: expect.any(String) }] },
    });
});

test("a new password replaces the old one", async () => {
  const { ask, signUp } = await startAccounts();
  const { token, email } = await signUp();
  const body = { currentPassword: password, newPassword: "battery staple" };
  expect(await ask("PUT", "/profile/password", { token, body })).toMatchObject({
    status: 200,
    json: { message: "Password changed" },
  });
  const logIn = (word: string) => ask<SignedIn>("POST", "/auth/login", { body: { email, password: word } });
  expect((await logIn(password)).status).toBe(401);
  expect((await logIn("battery staple")).status).toBe(200);
});

test("without the current password nothing changes", async () => {
  const { ask, signUp } = await startAccounts();
  const { token, email } = await signUp();
  const change = (body: unknown) => ask("PUT", "/profile/password", { token, body });
  expect(await change({ currentPassword: "wrong", newPassword: "battery staple" })).toMatchObject({
    status: 400,
    json: { error: "The current password is wrong", details: [{ path: "/currentPassword" }] },
  });
  expect(await change({ currentPassword: password, newPassword: "short" })).toMatchObject({
    status: 400,
    json: { details: [{ path: "/newPassword", message: "must have 8 to 128 characters" }] },
  });
  expect((await ask("POST", "/auth/login", { body: { email, password } })).status).toBe(200);
});

test("an open session does not tell what the password is, however often one asks", async () => {
  const { ask, signUp } = await startAccounts();
  const { token } = await signUp();
  const change = (currentPassword: string) =>
    ask("PUT", "/profile/password", { token, body: { currentPassword, newPassword: "battery staple" } });
  for (let guess = 0; guess < 5; guess += 1) expect((await change(`wrong ${guess}`)).status).toBe(400);
  const refused = await change(password);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
});
