import { expect, test } from "vitest";
import { createPace } from "./pace.ts";
import { ClusterRefusal } from "./rest.ts";

const hours = { retryMs: 3_600_000, refusedMs: 3_600_000, scatterMs: 0 };
const failing = () => new ClusterRefusal(500, "Away for a while");

test("what failed with others pauses no longer than the first of them", async () => {
  const pace = createPace(hours);
  const [first, second] = [pace.join(), pace.join()];
  for (const source of [first, second]) source.failed(failing());
  const entered = second.enter(new AbortController().signal);
  first.through();
  await entered;
});

test("what failed in its own way is not hurried by what others got through", async () => {
  const pace = createPace(hours);
  const [first, second, third] = [pace.join(), pace.join(), pace.join()];
  first.failed(failing());
  second.failed(new ClusterRefusal(403, "Not yours"));
  third.failed(failing());
  const leaving = new AbortController();
  const order: string[] = [];
  const waits = [
    second.enter(leaving.signal).catch(() => order.push("second")),
    third.enter(leaving.signal).then(() => order.push("third")),
  ];
  first.through();
  await waits[1];
  leaving.abort();
  await Promise.all(waits);
  expect(order).toEqual(["third", "second"]);
});
