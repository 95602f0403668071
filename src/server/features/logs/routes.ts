import { api } from "../../../contract/api.ts";
import type { Received } from "../../../contract/operation.ts";
import { standingAt } from "../../../core/access/grant.ts";
import { invalid, notFound } from "../../../core/problem.ts";
import { loggedKinds } from "../../background/logs/followed-pods.ts";
import type { LogRequest, LogStreams } from "../../background/logs/log-streams.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { Mount } from "../../http/mount.ts";
import type { GrantedResource, ResourceStore } from "../../storage/resources.ts";
import type { ClusterRow } from "../../storage/tables.ts";
import { checkContainer } from "./check-container.ts";

export interface LogNeeds {
  resources: Pick<ResourceStore, "findGranted" | "noteAccess">;
  streams: LogStreams;
  connect(row: ClusterRow): Cluster;
  newId(): string;
  now(): Date;
}

const usualTail = 100;
const fewestTail = 50;
const mostTail = 5_000;

export function logRoutes(mount: Mount, needs: LogNeeds): void {
  mount.flow(api.followLogs, async ({ params, query, user, lastId, gone }) => {
    const found = await needs.resources.findGranted(params.id, user.id);
    if (!found) throw notFound("Resource");
    if (!hasLogs(found)) throw invalid("Only pods and workloads have logs. This resource is neither.");
    const request = requestOf(needs, found, query, { lastId, gone });
    await checkContainer(request);
    const { download, previous, follow } = query;
    const isOnce = download || previous || !follow;
    const parts = await (isOnce ? needs.streams.read(request) : needs.streams.follow(request));
    const opening = metadataOf(found, query.container);
    const access = {
      id: needs.newId(),
      resource_id: params.id,
      user_id: user.id,
      at: needs.now().toISOString(),
    };
    await needs.resources.noteAccess({ ...access, action: "stream_logs" });
    return {
      grants: [standingAt(found.resource, "viewer")],
      async *parts(end) {
        if (!download) yield `event: metadata\ndata: ${JSON.stringify(opening)}\n\n`;
        yield* parts(end);
      },
      ...(download && { file: { name: `${found.resource.name}.log` } }),
    };
  });
}

type Query = Received<typeof api.followLogs>["query"];
type Reader = Pick<LogRequest, "lastId" | "gone">;

function requestOf(needs: LogNeeds, found: GrantedResource, query: Query, reader: Reader): LogRequest {
  const { kind, namespace, name } = found.resource;
  const { container, download, previous, sinceSeconds, format } = query;
  return {
    workflow_id: found.resource.workflow_id,
    cluster_id: found.cluster.id,
    cluster: needs.connect(found.cluster),
    owner: { kind, namespace, name },
    container,
    form: { format: download ? "plain" : format, isNamed: kind !== "Pod" || container === "*" },
    part: { tailLines: tailOf(query), sinceSeconds },
    previous,
    ...reader,
  };
}

/** A file has all there is, unless it is told otherwise. */
function tailOf({ tail, download }: Query): number | undefined {
  if (tail === undefined) return download ? undefined : usualTail;
  return Math.min(mostTail, Math.max(fewestTail, tail));
}

function hasLogs({ resource: { kind, api_version } }: GrantedResource): boolean {
  return Object.hasOwn(loggedKinds, kind) && loggedKinds[kind] === api_version;
}

function metadataOf({ resource, cluster }: GrantedResource, container = "") {
  const { kind, namespace, name } = resource;
  return { kind, name, pod: kind === "Pod" ? name : "*", container, namespace, cluster: cluster.name };
}
