import { invalid, notFound } from "../../../core/problem.ts";
import type { LiveRunStore } from "../../storage/live-runs.ts";
import type { ResourceStore } from "../../storage/resources.ts";
import type { WorkflowStore } from "../../storage/workflows.ts";

export interface TopicNeeds {
  workflows: Pick<WorkflowStore, "findOwned">;
  liveRuns: LiveRunStore;
  resources: Pick<ResourceStore, "findGranted">;
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

/** Refuses what is somebody else's as what never was. */
export async function refuseForeign(
  needs: TopicNeeds,
  followed: readonly Followed[],
  user_id: string,
): Promise<void> {
  for (const each of followed) if (!(await isOpen(needs, each, user_id))) throw notFound(names[each.sort]);
}

const names = { me: "User", workflow: "Workflow", run: "Run", resource: "Resource" };

async function isOpen(needs: TopicNeeds, { sort, id }: Followed, user_id: string): Promise<boolean> {
  if (sort === "workflow") return (await needs.workflows.findOwned(id, user_id)) !== undefined;
  if (sort === "run") return (await needs.liveRuns.findOwned(id, user_id)) !== undefined;
  if (sort === "resource") return (await needs.resources.findGranted(id, user_id)) !== undefined;
  return true;
}

/** Whether all that others have granted still is. */
export async function isStillGranted(
  { resources }: Pick<TopicNeeds, "resources">,
  followed: readonly Followed[],
  user_id: string,
): Promise<boolean> {
  for (const { sort, id } of followed)
    if (sort === "resource" && !(await resources.findGranted(id, user_id))) return false;
  return true;
}
