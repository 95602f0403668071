import { createHmac, hkdfSync } from "node:crypto";
import { SignJWT } from "jose";
import { expect, test } from "vitest";
import type { SignedIn } from "../../src/contract/auth.ts";
import { createTokens } from "../../src/server/secrets/tokens.ts";
import { password, startAccounts } from "../support/account-app.ts";

const refused = { status: 401, text: '{"error":"Invalid or expired token"}' };
const toPart = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const fromPart = (part = "") =>
  JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;

function clock() {
  let time = Date.now();
  return {
    now: () => new Date(time),
    pass(ms: number) {
      time += ms;
    },
  };
}

test("U09: tokens that others made, or made others of, are nobody's", async () => {
  const { ask, signUp, config } = await startAccounts();
  const { token } = await signUp();
  const [head = "", body = "", signature = ""] = token.split(".");
  const claims = fromPart(body);
  const sign = (text: string, key: string, hash = "sha256") =>
    `${text}.${createHmac(hash, key).update(text).digest("base64url")}`;
  const lastOf = (text: string) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(text.slice(-1));
  const sameBytes =
    signature.slice(0, -1) +
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[lastOf(signature) ^ 1];
  const spellings: Record<string, string> = {
    "alg none": `${toPart({ alg: "none", typ: "JWT" })}.${body}.`,
    "alg nOnE with signature": `${toPart({ alg: "nOnE", typ: "JWT" })}.${body}.${signature}`,
    "empty signature": `${head}.${body}.`,
    "flipped payload": `${head}.${body.slice(0, -2)}${body.slice(-2) === "AA" ? "BB" : "AA"}.${signature}`,
    "flipped signature": `${head}.${body}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`,
    "same signature, other spelling": `${head}.${body}.${sameBytes}`,
    "base64 padding": `${head}.${body}.${signature}=`,
    "other claims over the old signature": `${head}.${toPart({ ...claims, role: "admin" })}.${signature}`,
    "other header over the old signature": `${toPart({ typ: "JWT", alg: "HS256", kid: "../../dev/null" })}.${body}.${signature}`,
    "signed with nothing": sign(`${toPart({ alg: "HS256", typ: "JWT", kid: "/dev/null" })}.${body}`, ""),
    "signed with secret": sign(`${head}.${body}`, "secret"),
    "signed with the product's name": sign(`${head}.${body}`, "orrery"),
    "signed with the secret tokens are derived from": sign(`${head}.${body}`, config.jwtSecret),
    "signed with the encryption key": sign(`${head}.${body}`, config.encryptionKey),
    HS512: sign(`${toPart({ alg: "HS512", typ: "JWT" })}.${body}`, "secret", "sha512"),
    "HS512 over the old signature": `${toPart({ alg: "HS512", typ: "JWT" })}.${body}.${signature}`,
    "zero ECDSA signature": `${toPart({ alg: "ES256", typ: "JWT" })}.${body}.${Buffer.alloc(64).toString("base64url")}`,
    "two parts": `${head}.${body}`,
    "four parts": `${token}.${signature}`,
    "a hundred KiB": `${head}.${"A".repeat(10_000)}.${signature}`,
    "no token": "null",
  };
  for (const [name, spelling] of Object.entries(spellings)) {
    expect(await ask("GET", "/profile", { token: spelling }), name).toMatchObject({ status: 401 });
    expect(await ask("POST", "/auth/refresh", { token: spelling }), name).toMatchObject({ status: 401 });
  }
  expect((await ask("GET", "/profile", { token })).status).toBe(200);
});

test("U09: signed by us, yet not one of ours", async () => {
  const { signUp, config, tokens } = await startAccounts();
  const { token } = await signUp();
  const key = Buffer.from(hkdfSync("sha256", config.jwtSecret, "", "orrery access tokens", 32));
  const good = fromPart(token.split(".")[1]);
  const made = (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
    new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT", ...header }).sign(key);
  const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
  expect(await tokens.read(await made(good)), "the key of this test is the right one").toBeDefined();
  for (const name of ["sub", "sid", "jti", "iat", "exp", "iss", "aud"])
    expect(await tokens.read(await made(without(name))), `without ${name}`).toBeUndefined();
  for (const changed of [
    { iss: "other" },
    { aud: "other" },
    { exp: "9999999999" },
    { exp: 1e300 },
    { iat: "0" },
    { sub: 7 },
    { sid: { $ne: "" } },
    { nbf: Math.floor(Date.now() / 1_000) + 3_600 },
  ])
    expect(await tokens.read(await made({ ...good, ...changed })), JSON.stringify(changed)).toBeUndefined();
  expect(await tokens.read(await made(good, { typ: "at+jwt" }))).toBeUndefined();
  expect(await tokens.read(await made(good, { typ: undefined }))).toBeUndefined();
});

test("U09: a good signature over somebody else's name, or an unknown session, lets nobody in", async () => {
  const { ask, signUp, tokens } = await startAccounts();
  const [ada, eve] = [await signUp("Ada"), await signUp("Eve")];
  const claims = await tokens.read(eve.token);
  if (!claims) throw new Error("Eve's token is good");
  for (const changed of [
    { user_id: ada.user.id },
    { session_id: "0".repeat(24) },
    { token_id: "0".repeat(24) },
    { exp: Math.floor(Date.now() / 1_000) - 60 },
  ])
    expect(
      await ask("GET", "/profile", { token: await tokens.issue({ ...claims, ...changed }) }),
    ).toMatchObject(refused);
});

test("U09: a token of another server's secret is nobody's, and equal claims make equal tokens", async () => {
  const claims = { user_id: "u", session_id: "s", token_id: "t", iat: 1, exp: 2 };
  const [one, other] = [createTokens("a".repeat(43)), createTokens("b".repeat(43))];
  expect(await one.issue(claims)).toBe(await one.issue(claims));
  expect(await one.read(await one.issue(claims))).toEqual(claims);
  expect(await other.read(await one.issue(claims))).toBeUndefined();
});

test("U10: two tabs that refresh at once get the very same successor", async () => {
  const { now, pass } = clock();
  const { ask, signUp } = await startAccounts({ now });
  const { token } = await signUp();
  const refresh = (old: string) => ask<SignedIn>("POST", "/auth/refresh", { token: old });
  const together = await Promise.all([refresh(token), refresh(token), refresh(token)]);
  pass(9_000);
  together.push(await refresh(token));
  expect(together.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const next = new Set(together.map(({ json }) => json.token));
  expect(next.size).toBe(1);
  expect(next.has(token)).toBe(false);
  for (const good of [token, ...next])
    expect((await ask("GET", "/profile", { token: good })).status).toBe(200);
});

test("U10: later the old token is nobody's, and using it to refresh ends the session for both", async () => {
  const { now, pass } = clock();
  const { ask, signUp } = await startAccounts({ now });
  const { token } = await signUp();
  const next = (await ask<SignedIn>("POST", "/auth/refresh", { token })).json.token;
  pass(11_000);
  expect(await ask("GET", "/profile", { token })).toMatchObject(refused);
  expect((await ask("GET", "/profile", { token: next })).status).toBe(200);
  expect(await ask("POST", "/auth/refresh", { token })).toMatchObject(refused);
  expect(await ask("GET", "/profile", { token: next })).toMatchObject(refused);
  expect(await ask("POST", "/auth/refresh", { token: next })).toMatchObject(refused);
});

test("U10: an ancestor used again ends the session too, and no other", async () => {
  const { ask, signUp } = await startAccounts();
  const { token, email } = await signUp();
  const other = (await ask<SignedIn>("POST", "/auth/login", { body: { email, password } })).json.token;
  const second = (await ask<SignedIn>("POST", "/auth/refresh", { token })).json.token;
  const third = (await ask<SignedIn>("POST", "/auth/refresh", { token: second })).json.token;
  expect(await ask("POST", "/auth/refresh", { token })).toMatchObject(refused);
  expect(await ask("GET", "/profile", { token: third })).toMatchObject(refused);
  expect((await ask("GET", "/profile", { token: other })).status).toBe(200);
});

test("U11: a changed password ends every other session at once, and keeps the acting one", async () => {
  const { ask, signUp, gate, tokens } = await startAccounts();
  const { token, email } = await signUp();
  const stranger = await signUp("Eve");
  const logIn = () => ask<SignedIn>("POST", "/auth/login", { body: { email, password } });
  const others = [(await logIn()).json.token, (await logIn()).json.token];
  for (const other of others) expect((await ask("GET", "/profile", { token: other })).status).toBe(200);
  const ids: string[] = [];
  for (const each of [token, ...others]) ids.push((await tokens.read(each))?.session_id ?? "");
  expect(await gate.stillWelcome(ids)).toEqual(new Set(ids));

  const body = { currentPassword: password, newPassword: "battery staple" };
  expect((await ask("PUT", "/profile/password", { token, body })).status).toBe(200);
  for (const other of others) {
    expect(await ask("GET", "/profile", { token: other })).toMatchObject(refused);
    expect(await ask("POST", "/auth/refresh", { token: other })).toMatchObject(refused);
  }
  expect(await gate.stillWelcome(ids)).toEqual(new Set(ids.slice(0, 1)));
  expect((await ask("GET", "/profile", { token })).status).toBe(200);
  expect((await ask("GET", "/profile", { token: stranger.token })).status).toBe(200);
});

test("U11: a login judged by the old password begins no session after the change", async () => {
  const { storage, signUp } = await startAccounts();
  const { email, user } = await signUp();
  const row = await storage.users.findByEmail(email);
  const at = new Date().toISOString();
  await storage.users.changePassword(user.id, "none", "another hash", at);
  const session = { id: "s", user_id: user.id, created_at: at, token_id: "t", issued_at: at, expires_at: at };
  expect(await storage.sessions.begin(session, row?.password_hash ?? "", "1970")).toBe(false);
  expect(await storage.sessions.find("s")).toBeUndefined();
});

test("U11: a deleted user's token is nobody's, and a role is read at each request", async () => {
  const { ask, signUp, database } = await startAccounts();
  const { token, user } = await signUp();
  await database.write((tx) =>
    tx.updateTable("users").set({ role: "user" }).where("id", "=", user.id).execute(),
  );
  expect((await ask("GET", "/profile", { token })).json).toMatchObject({ role: "user" });
  await database.write((tx) => tx.deleteFrom("users").where("id", "=", user.id).execute());
  expect(await ask("GET", "/profile", { token })).toMatchObject(refused);
});

test("U11: whoever keeps a stream open for a session learns at once that it has ended", async () => {
  const { ask, signUp, gate } = await startAccounts();
  const { token } = await signUp();
  const caller = await gate.admit(token);
  expect(await gate.stillWelcome([caller.session_id])).toContain(caller.session_id);
  await ask("POST", "/auth/logout", { token });
  expect(await gate.stillWelcome([caller.session_id])).toEqual(new Set());
  expect(await gate.stillWelcome([caller.session_id])).toEqual(new Set());
});

test("U12: a token comes in one Authorization header and nowhere else", async () => {
  const { ask, signUp } = await startAccounts();
  const { token } = await signUp();
  const basic = Buffer.from(`x:${token}`).toString("base64");
  const places: [string, string, Record<string, string | string[]>][] = [
    ["?token=", `/profile?token=${token}`, {}],
    ["?access_token=", `/profile?access_token=${token}`, {}],
    ["cookie", "/profile", { cookie: `token=${token}; Authorization=Bearer ${token}` }],
    ["Basic", "/profile", { authorization: `Basic ${basic}` }],
    ["no scheme", "/profile", { authorization: token }],
    ["X-Access-Token", "/profile", { "x-access-token": token, "x-authorization": `Bearer ${token}` }],
    ["two headers", "/profile", { authorization: [`Bearer ${token}`, `Bearer ${token}`] }],
    ["two in one", "/profile", { authorization: `Bearer ${token}, Bearer ${token}` }],
  ];
  for (const [name, path, headers] of places)
    expect((await ask("GET", path, { headers })).status, name).toBe(401);
  expect((await ask("GET", "/profile", { headers: { authorization: `bearer ${token}` } })).status).toBe(200);
});
