import type { IncomingMessage, ServerResponse } from "node:http";
import { parse } from "yaml";
import { at, isMap, type Json, type JsonMap, map, number, type Obj } from "./objects.ts";
import { logsOf, metricsOf } from "./observed.ts";
import { jsonPatch, mergePatch, strategicPatch } from "./patch.ts";
import { apiVersionOf, groupList, type Resource, resourceList } from "./resources.ts";
import { fieldTest, labelTest } from "./selectors.ts";
import { badRequest, methodNotAllowed, noSuchPath, StatusError, unsupportedType } from "./status.ts";
import type { Tenant } from "./tenant.ts";
import { serveWatch } from "./watch.ts";
import type { Asked } from "./writes.ts";

export const version = {
  major: "1",
  minor: "34",
  gitVersion: "v1.34.0+sandbox",
  platform: "sandbox/simulated",
};

/** Answers one request to one tenant's cluster. */
export async function serve(
  tenant: Tenant,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = url;
  const method = request.method ?? "GET";
  const whole = wholeOf(tenant, pathname);
  if (whole) return send(response, 200, whole);
  const target = targetOf(tenant.store.resources, pathname);
  if (!target) throw noSuchPath();
  const { resource, namespace, name, subresource } = target;
  if (method === "GET" && name === "" && searchParams.get("watch"))
    return serveWatch(tenant.store, target, searchParams, request, response);
  if (method === "GET" && subresource === "log")
    return logsOf(tenant.store, target, searchParams, request, response);
  const asked: Asked = {
    ...{ resource, namespace, name, subresource },
    manager: searchParams.get("fieldManager") ?? managerOf(request),
    isForced: searchParams.get("force") === "true",
    isDryRun: searchParams.get("dryRun") === "All",
    isStrict: searchParams.get("fieldValidation") === "Strict",
  };
  const type = (request.headers["content-type"] ?? "application/json").split(";")[0]?.trim() ?? "";
  if (type.includes("protobuf")) throw unsupportedType(type);
  const body = method === "GET" ? null : await bodyOf(request);
  const [status, answer] = answerTo(tenant, asked, method, type, body, searchParams);
  return send(response, status, answer);
}

function answerTo(
  tenant: Tenant,
  asked: Asked,
  method: string,
  type: string,
  body: Json,
  query: URLSearchParams,
): [number, object] {
  const { writes, store } = tenant;
  const { resource, namespace, name, subresource } = asked;
  if (subresource === "scale") return [200, scale(tenant, asked, method, type, body)];
  if (method === "GET") return [200, name ? writes.existing(asked) : listOf(tenant, asked, query)];
  if (method === "POST" && name === "") return [201, writes.create(asked, object(body))];
  if (method === "PUT" && name) return [200, writes.update(asked, object(body))];
  if (method === "PATCH" && name) {
    const isNew = store.find(resource, namespace, name) === undefined;
    return [isNew ? 201 : 200, patched(tenant, asked, type, body)];
  }
  if (method === "DELETE" && name) return [200, writes.remove(asked, isMap(body) ? body : {})];
  if (method === "DELETE") {
    for (const each of selected(tenant, asked, query))
      writes.remove({ ...asked, name: each.metadata.name }, {});
    return [200, { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" }];
  }
  throw methodNotAllowed();
}

function patched({ writes }: Tenant, asked: Asked, type: string, body: Json): Obj {
  if (type === "application/apply-patch+yaml") return writes.apply(asked, object(body));
  const old = writes.existing(asked) as unknown as JsonMap;
  if (type === "application/merge-patch+json")
    return writes.update(asked, object(mergePatch(old, object(body))));
  if (type === "application/strategic-merge-patch+json")
    return writes.update(asked, object(strategicPatch(old, object(body))));
  if (type === "application/json-patch+json") return writes.update(asked, object(jsonPatch(old, body)));
  throw unsupportedType(type);
}

/** The number of replicas, as a document of its own; whoever writes it owns the field from then on. */
function scale({ writes }: Tenant, asked: Asked, method: string, type: string, body: Json): object {
  const old = writes.existing(asked);
  const wanted =
    method === "GET"
      ? undefined
      : at(
          type.includes("json-patch") ? { spec: { replicas: at(body, 0, "value") ?? null } } : body,
          "spec",
          "replicas",
        );
  const now =
    wanted === undefined
      ? old
      : writes.update(asked, {
          ...(structuredClone(old) as unknown as JsonMap),
          spec: { ...map(old.spec), replicas: wanted },
        });
  const { name, namespace, uid, resourceVersion, creationTimestamp } = now.metadata;
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: number(now.spec?.replicas, 0) },
    status: { replicas: number(now.status?.replicas, 0) },
  };
}

function selected({ store }: Tenant, { resource, namespace }: Asked, query: URLSearchParams): Obj[] {
  const isLabelled = labelTest(query.get("labelSelector") ?? "");
  const hasFields = fieldTest(query.get("fieldSelector") ?? "");
  return store.all(resource, namespace).filter((each) => isLabelled(each) && hasFields(each));
}

/** One page of a list. Its items do not say what they are. */
function listOf(tenant: Tenant, asked: Asked, query: URLSearchParams): object {
  const all = selected(tenant, asked, query);
  const start = Number(Buffer.from(query.get("continue") ?? "", "base64url").toString() || 0);
  const limit = Number(query.get("limit") ?? 0) || all.length || 1;
  const items = all.slice(start, start + limit).map(({ apiVersion: _, kind: __, ...item }) => item);
  const isMore = start + limit < all.length;
  const more = isMore
    ? {
        continue: Buffer.from(String(start + limit)).toString("base64url"),
        remainingItemCount: all.length - start - limit,
      }
    : {};
  const { resource } = asked;
  return {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata: { resourceVersion: tenant.store.version(), ...more },
    items,
  };
}

/** What is asked of the server as a whole. */
function wholeOf(tenant: Tenant, path: string): object | undefined {
  const { resources } = tenant.store;
  if (path === "/version") return version;
  if (path === "/api") return { kind: "APIVersions", versions: ["v1"] };
  if (path === "/apis") return groupList(resources);
  const metrics = metricsOf(tenant.store, path);
  if (metrics) return metrics;
  const [, root, groupVersion] = /^\/(api|apis)\/(.+)$/.exec(path) ?? [];
  const served = resources.filter(
    (each) => apiVersionOf(each) === groupVersion && (root === "api") === (each.group === ""),
  );
  return groupVersion && served.length > 0 ? resourceList(groupVersion, served) : undefined;
}

export interface Target {
  resource: Resource;
  namespace: string;
  name: string;
  subresource: string;
}

/** `/apis/<group>/<version>/namespaces/<namespace>/<plural>/<name>/<subresource>` */
function targetOf(resources: readonly Resource[], path: string): Target | undefined {
  const parts = path.split("/").slice(1).map(decodeURIComponent);
  const isCore = parts[0] === "api";
  const [group, versionName] = isCore ? ["", parts[1]] : [parts[1], parts[2]];
  const rest = parts.slice(isCore ? 2 : 3);
  const isInside =
    rest[0] === "namespaces" && rest.length >= 3 && !["status", "finalize"].includes(rest[2] ?? "");
  const [namespace = "", plural, name = "", subresource = "", ...more] = isInside
    ? rest.slice(1)
    : ["", ...rest];
  const resource = resources.find(
    (each) => each.group === group && each.version === versionName && each.plural === plural,
  );
  if (!resource || more.length > 0 || (namespace && !resource.isNamespaced)) return undefined;
  return { resource, namespace, name, subresource };
}

const longestBody = 3 * 1_048_576;

async function bodyOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > longestBody)
      throw new StatusError(413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728");
    chunks.push(chunk);
  }
  const sent = Buffer.concat(chunks).toString();
  if (sent.trim() === "") return null;
  try {
    return sent.trimStart().startsWith("{") || sent.trimStart().startsWith("[")
      ? JSON.parse(sent)
      : parse(sent);
  } catch (error) {
    throw badRequest(
      `error decoding the body: ${error instanceof Error ? error.message.split("\n")[0] : "not readable"}`,
    );
  }
}

function object(body: Json): JsonMap {
  if (!isMap(body)) throw badRequest("the body must be an object");
  return body;
}

function managerOf(request: IncomingMessage): string {
  return (request.headers["user-agent"] ?? "unknown").split("/")[0] || "unknown";
}

export function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
