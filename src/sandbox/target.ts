import type { Resource } from "./resources.ts";

/** What a path is about: `/apis/<group>/<version>/namespaces/<namespace>/<plural>/<name>/<subresource>`. */
export interface Target {
  resource: Resource;
  namespace: string;
  name: string;
  subresource: string;
}

/** Subresources of namespaces that look like what is in them. */
const ofNamespaces = new Set(["status", "finalize"]);

export function targetOf(resources: readonly Resource[], path: string): Target | undefined {
  const parts = partsOf(path);
  const isCore = parts[0] === "api";
  const [group, version] = isCore ? ["", parts[1]] : [parts[1], parts[2]];
  const rest = parts.slice(isCore ? 2 : 3);
  const isInside = rest[0] === "namespaces" && rest.length >= 3 && !ofNamespaces.has(rest[2] ?? "");
  const [namespace = "", plural, name = "", subresource = "", ...more] = isInside
    ? rest.slice(1)
    : ["", ...rest];
  const resource = resources.find(
    (each) => each.group === group && each.version === version && each.plural === plural,
  );
  if (!resource || more.length > 0 || (namespace && !resource.isNamespaced)) return undefined;
  if (name && resource.isNamespaced && !namespace) return undefined;
  return hasSubresource(resource, subresource) ? { resource, namespace, name, subresource } : undefined;
}

function hasSubresource({ plural, group, hasStatus, isScalable }: Resource, subresource: string): boolean {
  const isPod = plural === "pods" && group === "";
  switch (subresource) {
    case "":
      return true;
    case "status":
      return hasStatus;
    case "scale":
      return isScalable;
    case "log":
    case "exec":
    case "ephemeralcontainers":
    case "eviction":
      return isPod;
    default:
      return plural === "namespaces" && subresource === "finalize";
  }
}

function partsOf(path: string): string[] {
  try {
    return path.split("/").slice(1).map(decodeURIComponent);
  } catch {
    return [];
  }
}
