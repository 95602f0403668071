import { expect, test } from "vitest";
import { createTurns, mostStreams } from "./turns.ts";

/** Tabs of one browser: what one says all others hear. */
function openTabs(count: number) {
  type Channel = Parameters<typeof createTurns>[0];
  const channels: Channel[] = [];
  const streams = new Set<number>();
  const tabs = Array.from({ length: count }, (_, index) => {
    const channel: Channel = {
      onmessage: null,
      postMessage(data) {
        for (const other of channels)
          if (other !== channel) other.onmessage?.(new MessageEvent("message", { data }));
      },
    };
    channels.push(channel);
    const turns = createTurns(channel, () => streams.delete(index));
    return {
      take: () => [streams.add(index), turns.take()],
      leave: () => [streams.delete(index), turns.leave()],
    };
  });
  return { tabs, streams };
}

test("of many tabs those have a stream at which somebody was last", () => {
  const { tabs, streams } = openTabs(8);
  for (const tab of tabs) tab.take();
  expect([...streams]).toEqual([4, 5, 6, 7]);
  tabs[1]?.take();
  expect([...streams]).toEqual([5, 6, 7, 1]);
});

test("going to and fro between a few takes no stream from any", () => {
  const { tabs, streams } = openTabs(mostStreams);
  for (let turn = 0; turn < 20; turn += 1) tabs[turn % mostStreams]?.take();
  expect(streams.size).toBe(mostStreams);
});

test("a tab that is closed leaves its turn to the others", () => {
  const { tabs, streams } = openTabs(6);
  for (const tab of tabs.slice(0, 4)) tab.take();
  tabs[3]?.leave();
  tabs[4]?.take();
  expect([...streams]).toEqual([0, 1, 2, 4]);
});
