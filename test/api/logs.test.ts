import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { isCounted, numbersByPod, prepareLogs, readerOf } from "../support/log-story.ts";

test("what a pod has written so far is told as lines with their times, and then the stream ends", async () => {
  const { writing, find, podsOf, reader, sync } = await prepareLogs();
  await writing("web", 20);
  const [pod] = await podsOf();
  await sync();
  const { id } = await find("Pod", pod?.metadata.name ?? "");
  const past = await eventually(async () => {
    const read = reader(id, "?follow=false&tail=60");
    await read.open();
    return read.named("log").filter(({ data }) => / line \d+$/.test(data)).length > 10 ? read : undefined;
  });
  expect(past.events[0]?.name).toBe("metadata");
  expect(JSON.parse(past.events[0]?.data ?? "")).toMatchObject({
    kind: "Pod",
    pod: pod?.metadata.name,
    cluster: "prod",
  });
  expect(past.events.at(-1)?.name).toBe("complete");
  // A real program says first that it has begun to listen.
  for (const { data } of past.named("log"))
    expect(data).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z (line \d+$|started|listen)/);
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

test("a file has all that was written, one line after another", async () => {
  const { writing, client, server } = await prepareLogs();
  const id = await writing("web", 2);
  const { headers, lines } = await eventually(async () => {
    const answer = await fetch(`${server.url}/v1/api/resources/${id}/logs/stream?download=true`, {
      headers: { authorization: `Bearer ${client.token}` },
    });
    const written = (await answer.text()).trimEnd().split("\n");
    return written.length > 25 ? { headers: answer.headers, lines: written } : undefined;
  });
  expect(headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(headers.get("content-disposition")).toBe('attachment; filename="web.log"');
  const numbers = lines.flatMap((line) => {
    const [, number] = / \[web-\S+\/main\] line (\d+)$/.exec(line) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
  expect(numbers.length).toBeGreaterThan(20);
  expect(isCounted(numbers)).toBe(true);
});

test("R03 what has no log, a container it has not, and numbers that are none are refused at their place", async () => {
  const { writing, configMap, sync, find, client, server } = await prepareLogs();
  const id = await writing("web", 100);
  await configMap("settings", { a: "1" });
  await sync();
  const { id: settings } = await find("ConfigMap", "settings");
  const ask = async (of: string, query: string, token = client.token) => {
    const path = `/v1/api/resources/${of}/logs/stream?follow=false&${query}`;
    const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, body: await answer.text() };
  };
  expect(await ask(settings, "")).toEqual({
    status: 400,
    body: '{"error":"Only pods and workloads have logs. This resource is neither."}',
  });
  for (const query of [
    "tail=-1",
    "tail=NaN",
    "tail=1.5",
    "sinceSeconds=0",
    "container=../x",
    "container=a%0Ab",
    "follow=2",
  ]) {
    const refused = await ask(id, query);
    expect(refused.status, query).toBe(400);
    const [name = ""] = query.split("=");
    if (name !== "follow") expect(JSON.parse(refused.body).details[0].path).toBe(`/${name}`);
  }
  expect(JSON.parse((await ask(id, "container=other")).body)).toMatchObject({
    error: "Deployment web has no container other",
    details: [{ path: "/container" }],
  });
  const eve = await server.signUp("Eve");
  expect((await ask(id, "", eve.token)).status).toBe(404);
});
