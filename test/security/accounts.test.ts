import { expect, test } from "vitest";
import type { SignedIn } from "../../src/contract/auth.ts";
import { type Asking, password, startAccounts } from "../support/account-app.ts";

const wrong = { status: 401, text: '{"error":"Invalid email or password"}' };
const noName = { email: "new@example.com", password };

function clock() {
  let time = Date.now();
  return {
    now: () => new Date(time),
    pass(ms: number) {
      time += ms;
    },
  };
}

const logIn = (email: string, word: string, more: Asking = {}) =>
  ["POST", "/auth/login", { body: { email, password: word }, ...more }] as const;

test("U01: of fifty first registrations at once exactly one is administrator", async () => {
  const { ask } = await startAccounts();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      ask<SignedIn>("POST", "/auth/register", { body: { email: `p${n}@example.com`, password, name: "P" } }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(answers.filter(({ json }) => json.user.role === "admin")).toHaveLength(1);
});

test("U02: nothing but the documented keys can be written", async () => {
  const { ask, signUp } = await startAccounts();
  await signUp("First");
  const stolen = {
    id: "0".repeat(24),
    role: "admin",
    Role: "admin",
    isAdmin: true,
    roles: ["admin"],
    createdAt: "1970-01-01T00:00:00.000Z",
    authProvider: "github",
    avatar_url: "https://evil.example.com",
    password_hash: "x",
  };
  const registered = await ask<SignedIn>("POST", "/auth/register", {
    body: { ...noName, name: "Eve", ...stolen, __proto__: undefined },
  });
  const { user, token } = registered.json;
  expect(registered.status).toBe(201);
  expect(user).toMatchObject({ role: "user", authProvider: "" });
  expect(user.id).not.toBe(stolen.id);
  expect(user.createdAt).not.toBe(stolen.createdAt);
  const body = { name: "Eve", email: "admin@example.com", ...stolen };
  expect((await ask("PUT", "/profile", { token, body })).status).toBe(200);
  expect((await ask("GET", "/profile", { token })).json).toEqual({ ...user, user });
});

test("U02: a prototype in the body makes nobody administrator", async () => {
  const { ask, signUp, url } = await startAccounts();
  await signUp("First");
  const text = `{"email":"p@example.com","password":"${password}","name":"P","__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}}}`;
  const answer = await fetch(`${url}/v1/api/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: text,
  });
  if (answer.status === 201)
    expect(((await answer.json()) as SignedIn).user.role, "role of whoever sent it").toBe("user");
  else expect(answer.status).toBe(400);
  const next = await ask<SignedIn>("POST", "/auth/register", { body: { ...noName, name: "N" } });
  expect(next.json.user.role).toBe("user");
});

test.each(["open", "invite"])(
  "U03: where registration is %s, a wrong code is 403, for a taken address too",
  async (mode) => {
    const { ask, signUp } = await startAccounts({ env: { REGISTRATION: mode } });
    const { email } = await signUp();
    for (const inviteCode of ["guess", "%", "_", "' or 1=1"])
      for (const address of ["free@example.com", email])
        expect(
          await ask("POST", "/auth/register", { body: { email: address, password, name: "E", inviteCode } }),
        ).toMatchObject({ status: 403, text: '{"error":"Valid invite code required"}' });
  },
);

test("U03: a code of another type is no code", async () => {
  const { ask, signUp } = await startAccounts({ env: { REGISTRATION: "invite" } });
  await signUp();
  for (const inviteCode of [7, true, null, {}, { $ne: "" }, ["x"], { length: 12 }]) {
    const { status } = await ask("POST", "/auth/register", { body: { ...noName, name: "E", inviteCode } });
    expect([400, 403], JSON.stringify(inviteCode)).toContain(status);
  }
});

test("U03: a code has at least fifty bits and is another on each server", async () => {
  const codes = new Set<string>();
  for (let n = 0; n < 3; n += 1) {
    const { storage } = await startAccounts({ env: { REGISTRATION: "invite" } });
    codes.add((await storage.settings.find("invite_code")) ?? "");
  }
  expect(codes.size).toBe(3);
  for (const code of codes) expect(code).toMatch(/^[A-HJ-NP-Z2-9]{12}$/);
});

test("U03: wrong codes are limited, and then the right one does not help either", async () => {
  const { ask, signUp, storage } = await startAccounts({ env: { REGISTRATION: "invite" } });
  await signUp();
  const right = await storage.settings.find("invite_code");
  const register = (inviteCode: string | undefined, from: string) =>
    ask("POST", "/auth/register", { from, body: { ...noName, name: "E", inviteCode } });
  for (let n = 0; n < 10; n += 1) expect((await register(`guess ${n}`, "127.0.0.2")).status).toBe(403);
  const refused = await register(right, "127.0.0.2");
  expect(refused.status).toBe(429);
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  expect((await register(right, "127.0.0.3")).status).toBe(201);
});

test("U03: a hundred wrong codes an hour are all there are, from wherever", async () => {
  const { ask, signUp } = await startAccounts();
  await signUp();
  const statuses: number[] = [];
  for (let n = 0; n < 101; n += 1) {
    const from = `127.0.1.${Math.floor(n / 9) + 1}`;
    const body = { ...noName, name: "E", inviteCode: `guess ${n}` };
    statuses.push((await ask("POST", "/auth/register", { from, body })).status);
  }
  expect(statuses.slice(0, 100).every((status) => status === 403)).toBe(true);
  expect(statuses[100]).toBe(429);
});

test("U03: a code for one is used by one", async () => {
  const { ask, signUp, storage } = await startAccounts({ env: { REGISTRATION: "invite" } });
  await signUp();
  await storage.settings.save("invite_single_use", "true", { by: "", at: new Date().toISOString() });
  const inviteCode = await storage.settings.find("invite_code");
  const answers = await Promise.all(
    ["a", "b", "c"].map((who) =>
      ask("POST", "/auth/register", {
        body: { email: `${who}@example.com`, password, name: who, inviteCode },
      }),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 403, 403]);
  expect(await storage.settings.find("invite_code")).not.toBe(inviteCode);
});

test("U04: all spellings of an address are one account", async () => {
  const { ask } = await startAccounts();
  const register = (email: string) => ask("POST", "/auth/register", { body: { email, password, name: "K" } });
  expect((await register("kim@example.com")).status).toBe(201);
  for (const email of ["KIM@EXAMPLE.COM", "  kim@example.com  ", "\u212Aim@example.com", "ｋim@example.com"])
    expect((await register(email)).status, JSON.stringify(email)).toBe(409);
});

test("U04: what is no address, or carries control characters, is refused by its field", async () => {
  const { ask } = await startAccounts();
  const long = `${"a".repeat(64)}@${Array(4).fill("b".repeat(60)).join(".")}.example`;
  for (const email of [
    "kim@example.com\r\nBcc: x@example.com",
    "kim@example.com\r\n",
    "kim\u0000@example.com",
    "kim@example.com,eve@example.com",
    "kim@example.com eve@example.com",
    "kim",
    "@example.com",
    long,
  ])
    expect(
      await ask("POST", "/auth/register", { body: { email, password, name: "K" } }),
      JSON.stringify(email),
    ).toMatchObject({ status: 400, json: { details: [{ path: "/email" }] } });
});

test("U06: the sixth try at an account is 429, whether it exists or not, with the right password too", async () => {
  const { ask, signUp } = await startAccounts();
  const { email } = await signUp();
  for (const who of [email, "nobody@example.com"]) {
    for (let n = 0; n < 5; n += 1) expect(await ask(...logIn(who, `wrong ${n}`))).toMatchObject(wrong);
    const refused = await ask(...logIn(who, password));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(200);
  }
});

test("U06: guesses at once are no way round the limit, and logging in at once is no failure", async () => {
  const { ask, signUp } = await startAccounts();
  const { email } = await signUp();
  const together = await Promise.all(Array.from({ length: 12 }, () => ask(...logIn(email, password))));
  expect(together.map(({ status }) => status)).toEqual(Array(12).fill(200));
  const guesses = await Promise.all(Array.from({ length: 12 }, (_, n) => ask(...logIn(email, `wrong ${n}`))));
  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(7);
});

test("U06: after five minutes the account is open again", async () => {
  const { now, pass } = clock();
  const { ask, signUp } = await startAccounts({ now });
  const { email } = await signUp();
  for (let n = 0; n < 5; n += 1) await ask(...logIn(email, "wrong"));
  pass(299_000);
  expect((await ask(...logIn(email, password))).status).toBe(429);
  pass(2_000);
  expect((await ask(...logIn(email, password))).status).toBe(200);
});

test("U06: twenty failures a minute from one address are all there are; another address goes on", async () => {
  const { now, pass } = clock();
  const { ask, signUp } = await startAccounts({ now });
  const { email } = await signUp();
  for (let n = 0; n < 20; n += 1)
    expect(await ask(...logIn(`n${n}@example.com`, "wrong", { from: "127.0.0.2" }))).toMatchObject(wrong);
  expect((await ask(...logIn(email, password, { from: "127.0.0.2" }))).status).toBe(429);
  expect((await ask(...logIn(email, password, { from: "127.0.0.3" }))).status).toBe(200);
  pass(61_000);
  expect((await ask(...logIn(email, password, { from: "127.0.0.2" }))).status).toBe(200);
});

test("T02, U06: an address that a stranger claims to have counts for nothing", async () => {
  const { ask } = await startAccounts();
  const statuses: number[] = [];
  for (let n = 0; n < 21; n += 1) {
    const forged = `203.0.113.${n}`;
    const headers = {
      "x-forwarded-for": forged,
      forwarded: `for=${forged}`,
      "x-real-ip": forged,
      "x-client-ip": forged,
    };
    statuses.push((await ask(...logIn(`n${n}@example.com`, "wrong", { headers }))).status);
  }
  expect(statuses).toEqual([...Array(20).fill(401), 429]);
});

test("U06: the count outlives the server and any number of other names", async () => {
  const server = await startAccounts();
  const { email } = await server.signUp();
  for (let n = 0; n < 5; n += 1) await server.ask(...logIn(email, "wrong"));
  const rows = Array.from({ length: 2_000 }, (_, n) => ({
    key: `login-account:${n}`,
    points: 1,
    expires_ms: Date.now() + 300_000,
  }));
  await server.database.write((tx) => tx.insertInto("limits").values(rows).execute());
  const next = await server.restart();
  expect((await next.ask(...logIn(email, password))).status).toBe(429);
});

test("U06: registrations from one address are limited", async () => {
  const { ask } = await startAccounts({ env: { REGISTRATIONS_PER_MINUTE: "3" } });
  const register = (n: number, from: string) =>
    ask("POST", "/auth/register", { from, body: { email: `r${n}@example.com`, password, name: "R" } });
  for (let n = 0; n < 3; n += 1) expect((await register(n, "127.0.0.2")).status).toBe(201);
  expect((await register(4, "127.0.0.2")).status).toBe(429);
  expect((await register(5, "127.0.0.3")).status).toBe(201);
});

test("U08: passwords are exact", async () => {
  const { ask } = await startAccounts();
  const words = [
    `${"x".repeat(72)}a`,
    "  spaces around  ",
    "Ünïcödé-päss",
    "e\u0301e\u0301e\u0301e\u0301",
    "quote\"'`\\;--",
    "😀".repeat(128),
  ];
  const others = [
    `${"x".repeat(72)}b`,
    "spaces around",
    "Unicode-pass",
    "\u00e9\u00e9\u00e9\u00e9",
    "quote\"'`\\;-",
    "😀".repeat(127),
  ];
  for (const [n, word] of words.entries()) {
    const email = `w${n}@example.com`;
    const body = { email, password: word, name: "W" };
    expect((await ask("POST", "/auth/register", { body })).status, word).toBe(201);
    expect((await ask(...logIn(email, word))).status).toBe(200);
    expect((await ask(...logIn(email, others[n] ?? ""))).status).toBe(401);
  }
});

test("U08: what is no password is refused by its field", async () => {
  const { ask } = await startAccounts();
  const words = [
    "1234567",
    "x".repeat(129),
    "x".repeat(900_000),
    null,
    12345678,
    {},
    ["12345678"],
    { length: 9 },
  ];
  for (const word of words)
    expect(
      await ask("POST", "/auth/register", { body: { email: "w@example.com", password: word, name: "W" } }),
    ).toMatchObject({ status: 400, json: { details: [{ path: "/password" }] } });
  for (const body of [
    { email: { $ne: null }, password: { $ne: null } },
    { email: ["a@example.com"], password },
    { email: "a@example.com", password: null },
    { email: "a@example.com" },
  ])
    expect((await ask("POST", "/auth/login", { body })).status).toBe(400);
});

test("U13: names are kept as they are, and refused where they hide something", async () => {
  const { ask, signUp } = await startAccounts();
  const { token } = await signUp();
  const rename = (name: unknown) => ask("PUT", "/profile", { token, body: { name } });
  for (const name of ["<b onload=x>&amp;</b>", "O'Brien; --", "Žofie 😀", " spaced ", "{{7*7}}"]) {
    const answer = await rename(name);
    expect(answer).toMatchObject({ status: 200, json: { name } });
    expect(answer.headers["content-type"]).toMatch(/^application\/json/);
  }
  for (const name of [
    "a\r\nSet-Cookie: x=y",
    "a\u0000b",
    "a\u0085b",
    "\u200b\u200b",
    "\ud800",
    "x".repeat(201),
    "x".repeat(900_000),
  ])
    expect(await rename(name), JSON.stringify(name).slice(0, 40)).toMatchObject({
      status: 400,
      json: { details: expect.arrayContaining([expect.objectContaining({ path: "/name" })]) },
    });
});
