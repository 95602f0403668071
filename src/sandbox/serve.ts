import type { IncomingMessage, ServerResponse } from "node:http";
import type { Asked, DeleteOptions } from "./asked.ts";
import { type Body, bodyOf, mediaTypeOf, objectOf } from "./body.ts";
import { wholeOf } from "./discovery.ts";
import { listOf, selected } from "./lists.ts";
import { logsOf } from "./logs.ts";
import { at, type Json, type JsonMap, text } from "./objects.ts";
import { askedFrom } from "./options.ts";
import { jsonPatch, mergePatch, strategicPatch } from "./patch.ts";
import { removalAnswer } from "./removal.ts";
import { apiVersionOf } from "./resources.ts";
import { reviewOf } from "./reviews.ts";
import { scaleOf, setScale } from "./scale.ts";
import { badRequest, methodNotAllowed, noSuchPath, notAcceptable, unsupportedPatch } from "./status.ts";
import { type Target, targetOf } from "./target.ts";
import type { Tenant } from "./tenant.ts";
import { serveWatch } from "./watch.ts";

/** Answers one request to one tenant's cluster. */
export async function serve(
  tenant: Tenant,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = url;
  const { store } = tenant;
  if (!isReadable(request)) throw notAcceptable();
  const whole = request.method === "GET" ? wholeOf(store, pathname, request.headers.accept ?? "") : undefined;
  if (whole) return send(response, 200, whole);
  const review = request.method === "POST" ? reviewOf(pathname, tenant.name) : undefined;
  if (review) return send(response, 201, review((await bodyOf(request)).value));
  const target = targetOf(store.resources, pathname);
  if (!target) throw noSuchPath();
  if (request.method === "GET" && streams(tenant, target, searchParams, request, response)) return;
  const body = await bodyOf(request);
  const asked = askedFrom(target, searchParams, request, body.duplicates);
  const [status, answer] = answerTo(tenant, asked, request, body, searchParams);
  send(response, status, answer);
}

/** Whether the client takes JSON, which is all there is here. */
function isReadable({ headers }: IncomingMessage): boolean {
  const { accept = "*/*" } = headers;
  return /\*\/\*|application\/(\*|json)|text\/plain/.test(accept);
}

/** Whether the answer is one that goes on. */
function streams(
  tenant: Tenant,
  target: Target,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { subresource } = target;
  if (subresource === "log") logsOf(tenant, target, query, response);
  else if (subresource === "" && ["true", "1"].includes(query.get("watch") ?? ""))
    serveWatch(tenant.store, target, query, request, response);
  else return false;
  return true;
}

function answerTo(
  tenant: Tenant,
  asked: Asked,
  request: IncomingMessage,
  body: Body,
  query: URLSearchParams,
): [number, object] {
  const { subresource, name } = asked;
  const { writes } = tenant;
  if (subresource === "exec") throw badRequest("Upgrade request required");
  if (subresource === "ephemeralcontainers") return [200, withDebugContainers(tenant, asked, request, body)];
  if (subresource === "eviction") return [201, evicted(tenant, asked)];
  if (name) return answerToOne(tenant, asked, request, body, query);
  if (request.method === "GET") return [200, listOf(tenant.store, asked, query)];
  if (request.method === "POST") return [201, writes.create(asked, objectOf(body.value))];
  if (request.method === "DELETE") return [200, removeAll(tenant, asked, query)];
  throw methodNotAllowed();
}

function answerToOne(
  tenant: Tenant,
  asked: Asked,
  request: IncomingMessage,
  body: Body,
  query: URLSearchParams,
): [number, object] {
  const { writes, store } = tenant;
  const isScale = asked.subresource === "scale";
  switch (request.method) {
    case "GET":
      return [200, isScale ? scaleOf(writes.existing(asked)) : writes.existing(asked)];
    case "PUT":
      return [
        200,
        isScale ? setScale(writes, asked, body.value) : writes.update(asked, objectOf(body.value)),
      ];
    case "PATCH": {
      const isNew = store.find(asked.resource, asked.namespace, asked.name) === undefined;
      return [isNew ? 201 : 200, patched(tenant, asked, mediaTypeOf(request), body.value)];
    }
    case "DELETE": {
      const { object, isGone } = writes.remove(asked, deleteOptions(body.value, query));
      return [200, removalAnswer(asked, object, isGone)];
    }
    default:
      throw methodNotAllowed();
  }
}

function patched({ writes }: Tenant, asked: Asked, type: string, body: Json): object {
  const isScale = asked.subresource === "scale";
  if (type === "application/apply-patch+yaml")
    return isScale ? setScale(writes, asked, body) : writes.apply(asked, objectOf(body));
  const patch = patches[type];
  if (!patch) throw unsupportedPatch();
  const old = writes.existing(asked);
  if (isScale) return setScale(writes, asked, patch(scaleOf(old), body));
  return writes.update(asked, objectOf(patch(old as unknown as JsonMap, body)));
}

const patches: Readonly<Record<string, (old: JsonMap, patch: Json) => Json>> = {
  "application/merge-patch+json": (old, patch) => mergePatch(old, objectOf(patch)),
  "application/strategic-merge-patch+json": (old, patch) => strategicPatch(old, objectOf(patch)),
  "application/json-patch+json": jsonPatch,
};

function deleteOptions(body: Json, query: URLSearchParams): DeleteOptions {
  const grace = at(body, "gracePeriodSeconds") ?? query.get("gracePeriodSeconds");
  return {
    uid: text(at(body, "preconditions", "uid")) || undefined,
    resourceVersion: text(at(body, "preconditions", "resourceVersion")) || undefined,
    propagation: text(at(body, "propagationPolicy")) || query.get("propagationPolicy") || undefined,
    graceSeconds: grace === null || grace === undefined ? undefined : Number(grace),
  };
}

function removeAll({ store, writes }: Tenant, asked: Asked, query: URLSearchParams): object {
  const doomed = selected(store, asked, query);
  for (const { metadata } of doomed)
    writes.remove(
      { ...asked, name: metadata.name, namespace: metadata.namespace ?? "" },
      deleteOptions(null, query),
    );
  const { resource } = asked;
  const metadata = { resourceVersion: store.version() };
  return { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items: doomed };
}

/** Containers for debugging may be added to a pod, and nothing else of it changes with them. */
function withDebugContainers(
  { writes }: Tenant,
  asked: Asked,
  request: IncomingMessage,
  { value }: Body,
): object {
  const old = writes.existing(asked);
  if (request.method === "GET") return old;
  const patch = patches[mediaTypeOf(request)];
  if (request.method !== "PATCH" || !patch) throw methodNotAllowed();
  const patched = patch(old as unknown as JsonMap, value);
  const ephemeralContainers = at(patched, "spec", "ephemeralContainers");
  const spec = { ...old.spec, ...(ephemeralContainers !== undefined && { ephemeralContainers }) };
  return writes.update(asked, { ...(old as unknown as JsonMap), spec });
}

function evicted({ writes }: Tenant, asked: Asked): object {
  writes.remove({ ...asked, subresource: "" }, {});
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" };
}

const discoveryList = "APIGroupDiscoveryList";

export function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  const isDiscovery = "kind" in body && body.kind === discoveryList;
  const type = isDiscovery
    ? `application/json;g=apidiscovery.k8s.io;v=v2;as=${discoveryList}`
    : "application/json";
  response.writeHead(status, { "content-type": type }).end(JSON.stringify(body));
}
