import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { isCounted, numbersByPod, prepareLogs, readerOf } from "../support/log-story.ts";

test("what a pod has written so far is told as lines with their times, and then the stream ends", async () => {
  const { writing, find, podsOf, reader, sync } = await prepareLogs();
  await writing("web", 20);
  const [pod] = await podsOf();
  await sync();
  const { id } = await find("Pod", pod?.metadata.name ?? "");
  const past = reader(id, "?follow=false&tail=60");
  await past.open();
  expect(past.events[0]?.name).toBe("metadata");
  expect(JSON.parse(past.events[0]?.data ?? "")).toMatchObject({
    kind: "Pod",
    pod: pod?.metadata.name,
    cluster: "prod",
  });
  expect(past.events.at(-1)?.name).toBe("complete");
  const logs = past.named("log");
  expect(logs.length).toBeGreaterThan(10);
  for (const { data } of logs) expect(data).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z line \d+$/);
});

test("a workload's pods are followed as one log through a rolling update, each line once and in order", async () => {
  const { writing, rollOut, reader } = await prepareLogs();
  const id = await writing("web", 5, 2);
  const live = reader(id, "?format=json&tail=50");
  const ended = live.open();
  const haveWritten = (pods: number) => {
    const numbers = [...numbersByPod(live.lines()).values()];
    return numbers.length === pods && numbers.every(({ length }) => length > 100);
  };
  await eventually(() => haveWritten(2), 30_000);
  await rollOut("web");
  await eventually(() => haveWritten(4), 30_000);
  live.leave();
  await ended;
  for (const [pod, numbers] of numbersByPod(live.lines()))
    expect(isCounted(numbers), `${pod} ${numbers}`).toBe(true);
  expect(live.named("gap")).toEqual([]);
  expect(live.named("error")).toEqual([]);
});

test("a reader that was cut off goes on where it was, and so does it on the next server", async () => {
  const story = await prepareLogs();
  const { writing, server } = story;
  const id = await writing("web", 5, 2);
  let { url } = server;
  const live = readerOf(() => url, story.client.token)(id, "?format=json");
  const first = live.open();
  await eventually(() => live.lines().length > 300);
  live.leave();
  await first;
  const again = live.open();
  const seen = live.lines().length;
  await eventually(() => live.lines().length > seen + 300);
  const restarted = await server.restart();
  await again;
  url = restarted.url;
  const afterRestart = live.lines().length;
  const last = live.open();
  await eventually(() => live.lines().length > afterRestart + 300);
  live.leave();
  await last;
  for (const [pod, numbers] of numbersByPod(live.lines()))
    expect(isCounted(numbers), `${pod} ${numbers}`).toBe(true);
  expect(live.named("gap")).toEqual([]);
  expect(live.named("end").map(({ data }) => data)).toEqual(['{"reason":"shutdown"}']);
});
