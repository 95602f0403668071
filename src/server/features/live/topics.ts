import { invalid, notFound } from "../../../core/problem.ts";
import type { LiveResources } from "../../background/live-resources.ts";
import type { RunEvents } from "../../events/run-events.ts";
import type { LiveRunStore } from "../../storage/live-runs.ts";
import type { GrantedResource, ResourceStore } from "../../storage/resources.ts";
import type { WorkflowStore } from "../../storage/workflows.ts";

export interface TopicNeeds {
  workflows: Pick<WorkflowStore, "findOwned">;
  liveRuns: LiveRunStore;
  runEvents: Pick<RunEvents, "latestOf">;
  resources: Pick<ResourceStore, "findGranted">;
  live: Pick<LiveResources, "follow" | "latestOf">;
}

/** A thing somebody may follow, as they name it. */
export interface Followed {
  topic: string;
  sort: "me" | "workflow" | "run" | "resource";
  id: string;
}

const mostTopics = 16;

/** What a list of topics names, each once, and the reader themselves in any case. */
export function followedIn(list: string): Followed[] {
  const topics = new Set(list === "" ? [] : list.split(","));
  topics.delete("me");
  if (topics.size > mostTopics) {
    const message = `must be ${mostTopics} topics at most`;
    throw invalid(`topics ${message}`, [{ path: "/topics", message }]);
  }
  return ["me", ...topics].map((topic) => {
    // The contract lets no other through.
    const [sort, id = ""] = topic.split(":") as [Followed["sort"], string?];
    return { topic, sort, id };
  });
}

/** The objects in clusters among what is followed; what is somebody else's is refused as what never was. */
export async function resourcesIn(
  needs: TopicNeeds,
  followed: readonly Followed[],
  user_id: string,
): Promise<GrantedResource[]> {
  const all: GrantedResource[] = [];
  for (const { sort, id } of followed) {
    const found = await look[sort](needs, id, user_id);
    if (!found) throw notFound(names[sort]);
    all.push(...found);
  }
  return all;
}

/** Watches them until the answer is called. */
export function watchAll({ live }: Pick<TopicNeeds, "live">, all: readonly GrantedResource[]): () => void {
  const ends = all.map(({ resource, cluster }) => live.follow(resource, cluster));
  return () => {
    for (const end of ends) end();
  };
}

const names = { me: "User", workflow: "Workflow", run: "Run", resource: "Resource" };

/** The objects that something is; nothing at all where it is not to be found. */
type Look = (needs: TopicNeeds, id: string, user_id: string) => Promise<GrantedResource[] | undefined>;

const look: Record<Followed["sort"], Look> = {
  me: async () => [],
  workflow: async ({ workflows }, id, user_id) => ((await workflows.findOwned(id, user_id)) ? [] : undefined),
  run: async ({ liveRuns }, id, user_id) => ((await liveRuns.findOwned(id, user_id)) ? [] : undefined),
  async resource({ resources }, id, user_id) {
    const found = await resources.findGranted(id, user_id);
    return found && [found];
  },
};
