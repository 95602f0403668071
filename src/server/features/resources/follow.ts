import type { api } from "../../../contract/api.ts";
import { standingAt } from "../../../core/access/grant.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import { whileRead } from "../../events/reader.ts";
import type { Feed } from "../../http/feed.ts";
import type { GrantedResource } from "../../storage/resources.ts";
import { demandResource, type ResourceNeeds } from "./resource-needs.ts";

type Needs = Pick<ResourceNeeds, "resources" | "events" | "live">;

/** Feeds one reader: as long as somebody reads, the object is watched. */
export function followResource(
  needs: Needs,
  user_id: string,
  { resource: followed, cluster }: GrantedResource,
): Feed<typeof api.followResource> {
  const { events, live } = needs;
  const { id } = followed;
  return {
    grants: [standingAt(followed, "viewer")],
    source: whileRead(events.topic(id), () => live.follow(followed, cluster)),
    async opening() {
      const { resource } = await demandResource(needs, id, user_id);
      const { name, namespace, kind, status, spec } = resource;
      const latest = live.latestOf(id);
      return {
        name: "metadata",
        data: {
          id,
          name,
          namespace,
          type: kind,
          status,
          spec: fromJsonText(spec),
          ...(latest && { latest }),
        },
      };
    },
  };
}
