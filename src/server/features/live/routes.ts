import { api } from "../../../contract/api.ts";
import { standingAt } from "../../../core/access/grant.ts";
import type { Hub } from "../../events/hub.ts";
import { liveForm } from "../../events/live-form.ts";
import { whileRead } from "../../events/reader.ts";
import { userKey } from "../../events/user-events.ts";
import type { Feed } from "../../http/feed.ts";
import type { Mount } from "../../http/mount.ts";
import type { SessionStore } from "../../storage/sessions.ts";
import { type LiveEvent, presentOf } from "./present.ts";
import { followedIn, resourcesIn, type TopicNeeds, watchAll } from "./topics.ts";

interface LiveNeeds extends TopicNeeds {
  hub: Pick<Hub, "openAll">;
  sessions: Pick<SessionStore, "endReason">;
  /** Of the product, for apps to notice that they are older. */
  version: string;
  now(): Date;
}

type LiveFeed = Feed<typeof api.followEvents>;

export function liveRoutes(mount: Mount, needs: LiveNeeds): void {
  const { hub, sessions, version, now } = needs;

  mount.stream(api.followEvents, async ({ query, user, session_id }): Promise<LiveFeed> => {
    const followed = followedIn(query.topics);
    const resources = await resourcesIn(needs, followed, user.id);
    const byKey = new Map(
      followed.map((each) => [each.sort === "me" ? userKey(user.id) : each.topic, each] as const),
    );
    const named = (keys: readonly string[]) => keys.flatMap((key) => byKey.get(key) ?? []);

    return {
      grants: resources.map(({ resource }) => standingAt(resource, "viewer")),
      source: whileRead(hub.openAll([...byKey.keys()], liveForm), () => watchAll(needs, resources)),
      async opening(keys) {
        const hello: LiveEvent = { name: "hello", data: { time: now().toISOString(), version } };
        return [hello, ...(await presentOf(needs, named(keys), user.id))];
      },
      gap: (missed) =>
        gapOf(
          named(missed.map(({ key }) => key)).map(({ topic }) => topic),
          missed,
        ),
      farewell: (reason) => farewellOf(sessions, session_id, reason),
    };
  });
}

function gapOf(topics: string[], missed: readonly { count: number | undefined }[]): LiveEvent {
  const counts = missed.map(({ count }) => count);
  const isKnown = counts.every((count) => count !== undefined);
  const total = counts.reduce<number>((sum, count = 0) => sum + count, 0);
  return { name: "gap", data: { topics, ...(isKnown && { missed: total }) } };
}

const soonestMs = 500;
const spreadMs = 1_500;

async function farewellOf(
  sessions: LiveNeeds["sessions"],
  session_id: string,
  reason: Parameters<NonNullable<LiveFeed["farewell"]>>[0],
): Promise<LiveEvent> {
  // At random, so that those who were sent away together do not come back together.
  if (reason === "shutdown")
    return { name: "closing", data: { retry_ms: soonestMs + Math.floor(Math.random() * spreadMs) } };
  if (reason !== "session_ended") return { name: "end", data: { reason } };
  const why = await sessions.endReason(session_id).catch(() => undefined);
  return { name: "session.ended", data: { reason: why ?? reason } };
}
