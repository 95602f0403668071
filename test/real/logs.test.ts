import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { isCounted, numbersByPod, prepareLogsBehindGateway, readerOf } from "../support/log-story.ts";

test("500 lines a second are told once and in order, through a rollout, cut connections on both sides of the server and a restart of it", async () => {
  const story = await prepareLogsBehindGateway();
  const { writing, rollOut, server, client, gateway } = story;
  const id = await writing("web", 4, 2);
  let { url } = server;
  const live = readerOf(() => url, client.token)(id, "?format=json");
  const growsBy = (lines: number) => {
    const before = live.lines().length;
    return eventually(() => live.lines().length > before + lines, 60_000);
  };
  const first = live.open();
  await growsBy(2_000);
  await rollOut("web");
  await growsBy(2_000);
  gateway.cut();
  await growsBy(2_000);
  live.leave();
  await first;
  const second = live.open();
  await growsBy(2_000);
  const restarted = await server.restart();
  await second;
  url = restarted.url;
  const third = live.open();
  await growsBy(2_000);
  live.leave();
  await third;
  const numbers = numbersByPod(live.lines());
  expect(numbers.size).toBe(4);
  for (const [pod, each] of numbers) expect(isCounted(each), `${pod} ${each.length}`).toBe(true);
  expect(live.named("gap")).toEqual([]);
});
