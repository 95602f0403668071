import type { LiveResources } from "./background/live-resources.ts";
import { createHub } from "./events/hub.ts";
import { createRunEvents } from "./events/run-events.ts";
import { createUserEvents } from "./events/user-events.ts";
import { createWorkflowEvents } from "./events/workflow-events.ts";
import { liveRoutes as mountLive } from "./features/live/routes.ts";
import type { Mount } from "./http/mount.ts";
import type { createStorage } from "./storage/storage.ts";
import { readVersion } from "./version.ts";

interface LiveParts {
  storage: ReturnType<typeof createStorage>;
  now(): Date;
}

/** What happens, as it is said, and the one stream that tells a tab of all of it. */
export function createLive({ storage, now }: LiveParts) {
  const hub = createHub();
  const events = createWorkflowEvents(hub, now);
  const users = createUserEvents(hub);
  const runEvents = createRunEvents({ hub, events, users });

  return {
    hub,
    events,
    users,
    runEvents,
    liveRoutes: (mount: Mount, live: LiveResources) =>
      mountLive(mount, { ...storage, live, hub, runEvents, version: readVersion(), now }),
  };
}
