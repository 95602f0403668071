import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { eventually } from "../support/eventually.ts";
import { followLive } from "../support/live.ts";
import { prepareRun, withData } from "../support/run-story.ts";
import { share, unshare } from "../support/share.ts";
import { startTestApp } from "../support/test-app.ts";

type Server = Awaited<ReturnType<typeof startTestApp>>;

/** Grace was given a cluster of Ada's and lost it again: two things to be told. */
async function prepare() {
  const server = await startTestApp({ env: { ALLOW_PRIVATE_NETWORKS: "true" } });
  const ada = await server.signUp("Ada");
  const grace = await server.signUp("Grace");
  const body = { name: "prod", server: "https://127.0.0.1:1", token: "t" };
  await ada.call(api.addCluster, { body });
  return { server, ada, grace };
}

async function tellTwo() {
  const prepared = await prepare();
  const { ada, grace } = prepared;
  await share(ada, "prod", grace, { role: "editor" });
  await unshare(ada, "prod", grace);
  return prepared;
}

test("what somebody was told is listed, the newest first, and told to nobody else", async () => {
  const { ada, grace } = await tellTwo();
  const list = await grace.call(api.listNotifications, {});
  expect(list).toMatchObject({ total: 2, unreadCount: 2, page: 1, limit: 20 });
  expect(list.notifications).toMatchObject([
    { title: "You may no longer use cluster prod", type: "system", level: "warning", read: false },
    {
      ...{ title: "You may use cluster prod", message: "Ada gave you the role editor.", type: "system" },
      ...{ userId: grace.user.id, link: "/clusters/prod", read: false },
    },
  ]);
  const second = await grace.call(api.listNotifications, { query: { limit: 1, offset: 1 } });
  expect(second.notifications).toEqual(list.notifications.slice(1));
  expect(await grace.call(api.listNotifications, { query: { limit: 1, page: 2 } })).toMatchObject({
    notifications: list.notifications.slice(1),
  });
  expect(await ada.call(api.listNotifications, {})).toMatchObject({ total: 0, unreadCount: 0 });
});

test("one is marked as read, then all, then what was read is deleted", async () => {
  const { grace } = await tellTwo();
  const { notifications } = await grace.call(api.listNotifications, {});
  const params = { id: notifications[0]?.id ?? "" };
  const { notification } = await grace.call(api.readNotification, { params });
  expect(notification).toMatchObject({ id: params.id, read: true });
  expect(await grace.call(api.countUnread, {})).toEqual({ unreadCount: 1 });
  const unread = await grace.call(api.listNotifications, { query: { unread: true } });
  expect(unread.notifications.map(({ id }) => id)).toEqual([notifications[1]?.id]);
  expect(await grace.call(api.deleteReadNotifications, {})).toMatchObject({ deleted: 1 });
  expect(await grace.call(api.readAllNotifications, {})).toMatchObject({ unreadCount: 0 });
  await grace.call(api.deleteNotification, { params: { id: notifications[1]?.id ?? "" } });
  expect(await grace.call(api.listNotifications, {})).toMatchObject({ total: 0, notifications: [] });
  await expect(grace.call(api.readNotification, { params })).rejects.toMatchObject({ status: 404 });
});

test("who is here is told at once, on the one stream of a tab and on that of notifications", async () => {
  const { server, ada, grace } = await prepare();
  const live = await followLive({ url: server.url, token: grace.token });
  const others = await followLive({ url: server.url, token: ada.token });
  const alone: { name: string; data: unknown }[] = [];
  const leaving = new AbortController();
  const following = (async () => {
    for await (const event of grace.follow(api.followNotifications, {}, leaving.signal)) alone.push(event);
  })().catch(() => undefined);
  await eventually(() => live.names().includes("hello") && others.names().includes("hello") && alone[0]);
  expect(alone).toMatchObject([{ name: "connected", data: { unreadCount: 0 } }]);
  await share(ada, "prod", grace, { role: "viewer" });
  await eventually(() => live.said("notification").length > 0 && alone.length > 1);
  const [told] = (await grace.call(api.listNotifications, {})).notifications;
  expect(live.said("notification")).toEqual([told]);
  expect(alone[1]).toMatchObject({ name: "new_notification", data: told });
  await unshare(ada, "prod", grace);
  await eventually(() => live.said("notification").length > 1);
  expect(live.said("notification").length).toBe(2);
  expect([live.faults(), others.said("notification")]).toEqual([[], []]);
  leaving.abort();
  await following;
});

/** All that was said of runs. */
async function titlesOf(client: Awaited<ReturnType<Server["signUp"]>>) {
  const { notifications } = await client.call(api.listNotifications, {});
  return notifications.map(({ title, type, link }) => ({ title, type, link }));
}

test("how a run ended is told to whose it is", async () => {
  const { client, params, design, save, start, ended } = await prepareRun();
  const { run_id } = await start();
  await ended(run_id);
  const link = (id: string) => `/workflows/${params.id}/runs/${id}`;
  const first = { title: "Shop is deployed", type: "workflow_deployed", link: link(run_id) };
  expect(await titlesOf(client)).toEqual([first]);
  await save(withData(design, "web", { image: "nothing.invalid/none:1" }));
  const failed = await start({ timeout_seconds: 30 });
  await ended(failed.run_id, 50_000);
  const second = { title: "Shop was not deployed", type: "workflow_failed", link: link(failed.run_id) };
  expect((await titlesOf(client)).filter((each) => each.link?.includes("/runs/"))).toEqual([second, first]);
});
