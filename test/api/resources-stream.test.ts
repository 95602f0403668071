import { expect, onTestFinished, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { EventOf } from "../../src/contract/operation.ts";
import { eventually } from "../support/eventually.ts";
import { refused } from "../support/refusals.ts";
import { prepareResources } from "../support/resource-story.ts";

type Event = EventOf<typeof api.followResource>;
type Story = Awaited<ReturnType<typeof prepareResources>>;
type Update = Extract<Event, { name: "status_update" }>["data"];

/** Follows in the background; what is heard is looked for from where the last search ended. */
function listen({ client }: Pick<Story, "client">, id: string) {
  const heard: Event[] = [];
  const leaving = new AbortController();
  const ended = (async () => {
    const following = client.follow(api.followResource, { params: { id } }, leaving.signal);
    for await (const event of following) heard.push(event);
  })();
  ended.catch(() => undefined);
  onTestFinished(() => leaving.abort());
  return {
    heard,
    ended,
    leave: () => leaving.abort(),
    hears: (isIt: (event: Event) => boolean) => eventually(() => heard.find(isIt), 10_000),
    update: (isIt: (update: Update) => boolean) =>
      eventually(() => {
        const event = heard.find((each) => each.name === "status_update" && isIt(each.data));
        return event?.data as Update | undefined;
      }, 20_000),
  };
}

const mergePatch = "application/merge-patch+json";

async function followWeb() {
  const story = await prepareResources();
  await story.deploy("web");
  await story.sync();
  const { id } = await story.find("Deployment", "web");
  const path = `${story.apps}/deployments/web`;
  return {
    ...story,
    id,
    path,
    change: (patch: object) => story.cluster.api("PATCH", path, patch, mergePatch),
  };
}

test("a stream begins with the object and how it is just now", async () => {
  const story = await followWeb();
  const { heard, update } = listen(story, story.id);
  const { status, type, resource } = await update(() => true);
  expect(heard[0]).toMatchObject({
    name: "metadata",
    data: { id: story.id, name: "web", type: "Deployment", status: "running", spec: { replicas: 1 } },
  });
  expect({ type, status }).toMatchObject({
    type: "deployment",
    status: { state: "healthy", replicas: 1, readyReplicas: 1 },
  });
  expect(resource).toMatchObject({ status: "running", labels: { app: "web" } });
});

test("who comes later to a watch that goes on is told how the object is too", async () => {
  const story = await followWeb();
  await listen(story, story.id).update(() => true);
  const { hears } = listen(story, story.id);
  expect(await hears(({ name }) => name === "metadata")).toMatchObject({
    data: { latest: { status: { state: "healthy", replicas: 1 } } },
  });
});

test("scaling, another label, another image and deletion are each told at once", async () => {
  const story = await followWeb();
  const { update, hears } = listen(story, story.id);
  await update(() => true);

  await story.change({ metadata: { labels: { tier: "front" } } });
  await update(({ resource }) => resource?.labels.tier === "front");
  await story.change({ spec: { replicas: 2 } });
  await update(({ status }) => status.replicas === 2);
  const image = story.cluster.missingImage;
  await story.change({ spec: { template: { spec: { containers: [{ name: "main", image }] } } } });
  await update(({ resource }) => Object.values(resource?.spec.images ?? {}).includes(image));
  await story.cluster.api("DELETE", story.path);
  await update(({ status }) => status.state === "deleted");
  await hears(({ name }) => name === "complete");
});

test("what is told live is kept: rows and history are those of now, without a sync", async () => {
  const story = await followWeb();
  const { update } = listen(story, story.id);
  await update(() => true);
  await story.change({ spec: { replicas: 0 } });
  await update(({ status }) => status.replicas === 0);
  const params = { id: story.id };
  const { history } = await eventually(async () => {
    const shown = await story.client.call(api.getResource, { params });
    return shown.history.some(({ action }) => action === "scaled") ? shown : undefined;
  });
  expect(history.find(({ action }) => action === "scaled")?.changes).toContainEqual({
    path: "/spec/replicas",
    from: 1,
    to: 0,
  });
  await story.cluster.api("DELETE", story.path);
  await eventually(async () => {
    const { resource } = await story.client.call(api.getResource, { params });
    return resource.status === "deleted";
  });
});

test("the object that was deleted before anybody looked is told as deleted", async () => {
  const story = await followWeb();
  await story.cluster.api("DELETE", story.path);
  await eventually(async () => !(await story.cluster.find("apps/v1", "deployments", "web")));
  const { update, hears } = listen(story, story.id);
  await update(({ status }) => status.state === "deleted");
  await hears(({ name }) => name === "complete");
});

test("however many look at however many objects of a kind, the cluster is watched once for it", async () => {
  const story = await followWeb();
  await story.configMap("one");
  await story.configMap("two");
  await story.sync();
  const { resources } = await story.list({ type: "ConfigMap" });
  const streams = [...resources, ...resources].map(({ id }) => listen(story, id));
  const isPresent = ({ name }: Event) => name === "status_update";
  const isOpen = (event: Event) => event.name === "metadata" && event.data.latest !== undefined;
  await Promise.all(streams.map(({ hears }) => hears((event) => isPresent(event) || isOpen(event))));
  const watches = story.cluster.watches("configmaps");
  if (watches !== undefined) expect(watches).toBe(1);
});

test("a reader that comes back where it left hears what it missed, and nothing twice", async () => {
  const story = await followWeb();
  const other = listen(story, story.id);
  await other.update(() => true);
  const open = async (lastId?: string) => {
    const leaving = new AbortController();
    onTestFinished(() => leaving.abort());
    const response = await fetch(`${story.server.url}/v1/api/resources/${story.id}/stream`, {
      headers: {
        authorization: `Bearer ${story.client.token}`,
        ...(lastId !== undefined && { "last-event-id": lastId }),
      },
      signal: leaving.signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    const until = (words: string) =>
      eventually(async () => {
        text += (await reader?.read())?.value ?? "";
        return text.includes(words) ? text : undefined;
      });
    return { until, leave: () => leaving.abort() };
  };
  const first = await open();
  const [, id = ""] = /^id: (\S+)$/m.exec(await first.until("event: metadata")) ?? [];
  first.leave();
  await story.change({ metadata: { labels: { seen: "late" } } });
  await other.update(({ resource }) => resource?.labels.seen === "late");
  const text = await (await open(id)).until('"seen":"late"');
  expect(text).toMatch(/^event: metadata\n/);
  const ids = [...text.matchAll(/^id: \S+-(\d+)$/gm)].map(([, number]) => Number(number));
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));

  const strange = await open("not-a-position");
  expect(await strange.until("event: metadata")).toMatch(/event: gap\n/);
});

test("nobody else's object can be followed", async () => {
  const story = await followWeb();
  const eve = await story.server.signUp("Eve");
  await expect(listen({ client: eve } as Story, story.id).ended).rejects.toMatchObject(refused(404));
});
