import { useEffect, useState } from "react";
import { api } from "../../../contract/api.ts";
import type { NodeStatus } from "../../../contract/health.ts";
import type { Result } from "../../../contract/operation.ts";
import type { ResourceUpdate } from "../../../contract/resources.ts";
import { invalidate, queries, queryOf, useRead } from "../../api.ts";
import { useEvent } from "../../live/events.ts";
import { useTopics } from "../../live/topics.ts";

/** One object as it is kept, and how it is just now in the words of its kind. */
export function useResource(id: string) {
  const query = useRead(api.getResource, { params: { id } });
  const [live, setLive] = useState<ResourceUpdate["status"]>();
  useTopics([`resource:${id}`]);
  useEvent("resource.status", (updates) => {
    const mine = updates.filter(({ resource_id }) => resource_id === id);
    for (const update of mine) patch(id, update);
    if (mine.length > 0) setLive(mine.at(-1)?.status);
  });
  useEffect(() => {
    void id;
    setLive(undefined);
  }, [id]);
  return { query, live };
}

/** What is news is shown at once; what became of it field by field is asked for anew. */
function patch(id: string, { status, resource }: ResourceUpdate): void {
  const { queryKey } = queryOf(api.getResource, { params: { id } });
  queries.setQueryData(queryKey, (known: Result<typeof api.getResource> | undefined) =>
    known && resource ? { ...known, resource: { ...known.resource, ...resource } } : known,
  );
  if (status.state === "deleted") void invalidate(api.getResource, { params: { id } });
  void invalidate(api.listResourceHistory);
}

/** "2 of 3" where something is counted. */
export function countText(status: Partial<Omit<NodeStatus, "state">>): string | undefined {
  const wanted = status.replicas ?? status.desiredNumberScheduled ?? status.completions;
  const there = status.readyReplicas ?? status.numberReady ?? status.succeeded;
  return wanted === undefined || there === undefined || there >= wanted ? undefined : `${there} of ${wanted}`;
}
