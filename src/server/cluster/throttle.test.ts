import { expect, test } from "vitest";
import { ClusterRefusal } from "./rest.ts";
import { createThrottle } from "./throttle.ts";

const going = new AbortController().signal;
const broken = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });

/** Fails as the script says, one failure a call, and then answers. */
function scripted(...failures: Error[]) {
  const calls = { count: 0 };
  const ask = async () => {
    calls.count += 1;
    const failure = failures.shift();
    if (failure) throw failure;
    return "done";
  };
  return { ask, calls };
}

const throttled = (retryAfterMs = 1) => new ClusterRefusal(429, "Too many", { retryAfterMs });

test("told that it is too many, it waits as long as told and asks again", async () => {
  const { ask, calls } = scripted(throttled(), throttled());
  expect(await createThrottle().patiently(ask, going, { patienceMs: 1_000 })).toBe("done");
  expect(calls.count).toBe(3);
});

test("told so over and over, it gives up", async () => {
  const { ask, calls } = scripted(...Array.from({ length: 9 }, () => throttled()));
  const asked = createThrottle().patiently(ask, going, { patienceMs: 10_000 });
  await expect(asked).rejects.toMatchObject({ kind: "unavailable" });
  expect(calls.count).toBe(6);
});

test("a connection that broke is tried again at once, where there is patience", async () => {
  const { ask, calls } = scripted(broken);
  expect(await createThrottle().patiently(ask, going, { patienceMs: 500 })).toBe("done");
  expect(calls.count).toBe(2);
  await expect(createThrottle().patiently(scripted(broken).ask, going, { patienceMs: 0 })).rejects.toBe(
    broken,
  );
});

test("what the cluster refused stays refused", async () => {
  const refusal = new ClusterRefusal(422, "Invalid");
  const { ask, calls } = scripted(refusal);
  await expect(createThrottle().patiently(ask, going, { patienceMs: 1_000 })).rejects.toBe(refusal);
  expect(calls.count).toBe(1);
});

test("at most 32 requests are under way, whoever asks", async () => {
  const throttle = createThrottle();
  const open: (() => void)[] = [];
  const asked = Array.from({ length: 40 }, () =>
    throttle.patiently(() => new Promise<void>((resolve) => open.push(resolve)), going, { patienceMs: 0 }),
  );
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(open).toHaveLength(32);
  while (open.length > 0) {
    open.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(asked);
});

/** How many of forty requests are let through at once. */
async function roomIn(throttle: ReturnType<typeof createThrottle>): Promise<number> {
  const open: (() => void)[] = [];
  const asked = Array.from({ length: 40 }, () =>
    throttle.patiently(() => new Promise<void>((resolve) => open.push(resolve)), going, { patienceMs: 0 }),
  );
  await new Promise((resolve) => setImmediate(resolve));
  const room = open.length;
  while (open.length > 0) {
    open.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(asked);
  return room;
}

test("a round trip of complaints halves what may be under way, and what goes well gives it back", async () => {
  const throttle = createThrottle();
  const complain = () => throttle.patiently(scripted(throttled()).ask, going, { patienceMs: 0 });
  await Promise.allSettled(Array.from({ length: 32 }, complain));
  expect(await roomIn(throttle)).toBe(16);
  for (let turn = 0; turn < 20; turn += 1) await roomIn(throttle);
  expect(await roomIn(throttle)).toBe(32);
});

test("one complaint in a hundred answers holds nobody up", async () => {
  const throttle = createThrottle();
  for (let turn = 0; turn < 5; turn += 1) {
    await expect(
      throttle.patiently(scripted(throttled()).ask, going, { patienceMs: 0 }),
    ).rejects.toBeDefined();
    expect(await roomIn(throttle)).toBeGreaterThanOrEqual(31);
    for (let good = 0; good < 3; good += 1) await roomIn(throttle);
  }
});
