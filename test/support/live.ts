import { Errors } from "typebox/value";
import { expect, onTestFinished } from "vitest";
import { readEvents } from "../../src/client/read-events.ts";
import { api } from "../../src/contract/api.ts";
import type { EventOf } from "../../src/contract/operation.ts";

type LiveEvent = EventOf<typeof api.followEvents>;
type DataOf<Name extends LiveEvent["name"]> = Extract<LiveEvent, { name: Name }>["data"];

interface Asking {
  url: string;
  token: string;
  topics?: string;
  lastId?: string;
}

export type Live = Awaited<ReturnType<typeof followLive>>;

/** Follows the one stream of a tab, keeps what it says, and holds it to the contract. */
export async function followLive({ url, token, topics, lastId }: Asking) {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const query = topics === undefined ? "" : `?topics=${topics}`;
  const response = await fetch(`${url}/v1/api/events${query}`, {
    headers: { authorization: `Bearer ${token}`, ...(lastId !== undefined && { "last-event-id": lastId }) },
    signal: leaving.signal,
  });
  expect(response.status).toBe(200);
  const heard: (LiveEvent & { id: string | undefined })[] = [];
  const state = { isOver: false };
  void (async () => {
    for await (const event of readEvents(response)) {
      const { events } = api.followEvents;
      const known = Object.hasOwn(events, event.name) && events[event.name as LiveEvent["name"]];
      const faults = known ? Errors(known, event.data) : [{ message: `${event.name} is not declared` }];
      // Kept as it is, so that the test that looks at it fails.
      heard.push((faults.length > 0 ? { ...event, faults } : event) as (typeof heard)[number]);
    }
    state.isOver = true;
  })().catch(() => undefined);

  return {
    heard,
    state,
    leave: () => leaving.abort(),
    names: () => heard.map(({ name }) => name),
    /** What was said under one name. */
    said: <Name extends LiveEvent["name"]>(name: Name) =>
      heard.flatMap((each) => (each.name === name ? [each.data as DataOf<Name>] : [])),
    /** The position to come back with. */
    lastId: () => heard.findLast(({ id }) => id !== undefined)?.id ?? "",
    /** The numbers of what was said, in the order in which it was. */
    numbers: () => heard.flatMap(({ id }) => (id === undefined ? [] : [Number(id.split("-")[1])])),
    faults: () => heard.filter((each) => "faults" in each),
  };
}
