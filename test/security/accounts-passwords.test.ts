import { argon2 } from "node:crypto";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { createLogIn } from "../../src/server/features/auth/log-in.ts";
import { createPasswords } from "../../src/server/secrets/passwords.ts";
import { password, startAccounts } from "../support/account-app.ts";

const derive = promisify(argon2);

test("U05: an account that exists and one that does not cost the same hash", async () => {
  const { storage, tokens, signUp } = await startAccounts();
  const { email } = await signUp();
  const runs: { memory: number; passes: number }[] = [];
  const passwords = createPasswords({
    derivation: (algorithm, parameters) => {
      runs.push({ memory: parameters.memory, passes: parameters.passes });
      return derive(algorithm, parameters);
    },
  });
  const unlimited = { check: async () => {}, count: async () => {}, takeBack: async () => {} };
  const logIn = createLogIn({
    ...storage,
    tokens,
    passwords,
    limits: { accountFailures: unlimited, addressFailures: unlimited },
    newId: () => "",
    now: () => new Date(),
  });
  const costs = [];
  for (const who of [email, "nobody@example.com", "not an address"]) {
    runs.length = 0;
    await expect(
      logIn({ email: who, password: "wrong" }, { address: "127.0.0.1", agent: undefined }),
    ).rejects.toThrow("Invalid email or password");
    costs.push([...runs]);
  }
  expect(costs[0]).toHaveLength(1);
  expect(costs[1]).toEqual(costs[0]);
  expect(costs[2]).toEqual(costs[0]);
});

test("U05: interleaved, the two take the same time within a wide margin", async () => {
  const passwords = createPasswords();
  const hash = await passwords.hash(password);
  const took = { known: [] as number[], unknown: [] as number[] };
  for (let n = 0; n < 25; n += 1)
    for (const [who, stored] of [
      ["known", hash],
      ["unknown", undefined],
    ] as const) {
      const from = performance.now();
      await passwords.matches("wrong", stored);
      took[who].push(performance.now() - from);
    }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  const ratio = median(took.known) / median(took.unknown);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
}, 60_000);

test("U07: only so many hashes run, so many wait, and the rest are told to come back", async () => {
  let running = 0;
  let most = 0;
  const gate = Promise.withResolvers<void>();
  const passwords = createPasswords({
    atOnce: 2,
    mostWaiting: 3,
    derivation: async () => {
      running += 1;
      most = Math.max(most, running);
      await gate.promise;
      running -= 1;
      return Buffer.alloc(32);
    },
  });
  const asked = Array.from({ length: 8 }, () => passwords.hash(password));
  const settled = Promise.allSettled(asked);
  gate.resolve();
  const outcomes = await settled;
  expect(most).toBe(2);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  for (const outcome of outcomes)
    if (outcome.status === "rejected")
      expect(outcome.reason).toMatchObject({ kind: "unavailable", retryAfterSeconds: 2 });
  await expect(passwords.hash(password)).resolves.toMatch(/^argon2id\$/);
});

test("U07: a hash that fails gives its place back", async () => {
  let failing = true;
  const passwords = createPasswords({
    atOnce: 1,
    mostWaiting: 0,
    derivation: async () => {
      if (failing) throw new Error("no memory");
      return Buffer.alloc(32);
    },
  });
  await expect(passwords.hash(password)).rejects.toThrow("no memory");
  failing = false;
  await expect(passwords.hash(password)).resolves.toMatch(/^argon2id\$/);
});

test("U07: five hundred logins at once leave the other routes usable", async () => {
  const { ask, signUp } = await startAccounts();
  const { token } = await signUp();
  const logins = Array.from({ length: 500 }, (_, n) =>
    ask("POST", "/auth/login", {
      from: `127.0.2.${n % 250}`,
      body: { email: `n${n}@example.com`, password: "wrong password" },
    }),
  );
  let pending = true;
  const all = Promise.all(logins).finally(() => {
    pending = false;
  });
  const statuses = new Set<number>();
  let others = 0;
  while (pending) {
    statuses.add((await ask("GET", "/profile", { token })).status);
    others += 1;
  }
  expect(statuses).toEqual(new Set([200]));
  expect(others).toBeGreaterThan(5);
  const outcomes = (await all).map(({ status }) => status);
  expect(new Set(outcomes)).toEqual(new Set([401, 503]));
  expect(outcomes.filter((status) => status === 401).length).toBeGreaterThanOrEqual(50);
  // More than fifty hashes cost what they cost, and a busy machine takes its time.
}, 180_000);

test("U08: a megabyte is refused before it is hashed", async () => {
  const { ask, signUp } = await startAccounts();
  const { token, email } = await signUp();
  const long = "x".repeat(900_000);
  for (const [method, path, body] of [
    ["POST", "/auth/register", { email: "new@example.com", password: long, name: "N" }],
    ["POST", "/auth/login", { email, password: long }],
    ["PUT", "/profile/password", { currentPassword: long, newPassword: "battery staple" }],
    ["PUT", "/profile/password", { currentPassword: password, newPassword: long }],
  ] as const)
    expect((await ask(method, path, { token, body })).status, path).toBe(400);
});
